/* Registers nothing. */
#include "fixture.h"

MANIFEST("no_hooks")

ENTRY {
    hg_plugin_init(plugin, "no_hooks", "1.0.0", NULL);
    return HG_OK;
}
