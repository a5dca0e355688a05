/* Its entry registers a hook that its manifest does not list. */
#include "fixture.h"

MANIFEST("hook_disagrees", "\"tool_pre_invoke\"")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    hg_plugin_init(plugin, "hook_disagrees", "1.0.0", NULL);
    hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
    return hg_add_hook(host, registrar, "tool_post_invoke", 0, hook);
}
