/* Registers a typed function with a type that does not exist. */
#include "fixture.h"

MANIFEST("unknown_type")

static const char *function(int32_t size) { return NULL; }

ENTRY {
    hg_plugin_init(plugin, "unknown_type", "1.0.0", NULL);
    return hg_add_function(host, registrar, "email_pre_send", "deny(i32 size)", 0, (void (*)(void))function);
}
