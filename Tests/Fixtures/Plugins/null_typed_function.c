/* Registers a typed function that is null. */
#include "fixture.h"

MANIFEST("null_typed_function")

ENTRY {
    hg_plugin_init(plugin, "null_typed_function", "1.0.0", NULL);
    return hg_add_function(host, registrar, "email_pre_send", "deny(str recipient)", 0, NULL);
}
