/* Sets a flag of its table that this release does not know. */
#include "fixture.h"

MANIFEST("unknown_plugin_flags")

ENTRY {
    hg_plugin_init(plugin, "unknown_plugin_flags", "1.0.0", NULL);
    plugin->flags = 64;
    return HG_OK;
}
