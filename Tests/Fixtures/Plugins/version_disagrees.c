/* Its entry gives another version than its manifest. */
#include "fixture.h"

MANIFEST("version_disagrees", "\"tool_pre_invoke\"")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    hg_plugin_init(plugin, "version_disagrees", "2.0.0", NULL);
    return hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
}
