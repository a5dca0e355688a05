/* Registers a typed function for a field that the payload of its hook does not have. */
#include "fixture.h"

MANIFEST("lost_path")

static const char *function(const char *name, size_t size) { return NULL; }

ENTRY {
    hg_plugin_init(plugin, "lost_path", "1.0.0", NULL);
    return hg_add_function(host, registrar, "tool_pre_invoke", "deny(str nmae)", 0, (void (*)(void))function);
}
