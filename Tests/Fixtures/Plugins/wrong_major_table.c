/* Fills its table for another major version of the interface. */
#include "fixture.h"

MANIFEST("wrong_major_table")

ENTRY {
    hg_plugin_init(plugin, "wrong_major_table", "1.0.0", NULL);
    plugin->abi_major = 7;
    return HG_OK;
}
