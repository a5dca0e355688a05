/* Registers two functions for one hook. */
#include "fixture.h"

MANIFEST("same_hook_twice")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    hg_plugin_init(plugin, "same_hook_twice", "1.0.0", NULL);
    hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
    return hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
}
