/* Its table ends before `health`. */
#include "fixture.h"

MANIFEST("short_table")

ENTRY {
    hg_plugin_init(plugin, "short_table", "1.0.0", NULL);
    plugin->struct_size = offsetof(hg_plugin, health);
    return HG_OK;
}
