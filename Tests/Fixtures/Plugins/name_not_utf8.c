/* Its name is Latin-1. */
#include "fixture.h"

MANIFEST("name_not_utf8")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    hg_plugin_init(plugin, "caf\xe9", "1.0.0", NULL);
    return hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
}
