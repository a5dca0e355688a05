/* A plugin that cannot be found by its kind, because its file does not say what it is. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return hg_metadata_bool(call, "seen", 1); }

ENTRY {
    hg_plugin_init(plugin, "no_manifest", "1.0.0", NULL);
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
