/* Cannot stop, and does not say why. */
#include "fixture.h"

static const hg_host *kept;

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

static void stop(void *self, hg_completion *completion) {
    kept->completed(completion, HG_E_STATE, hg_text_of(""));
}

MANIFEST("stop_fails", "\"tool_pre_invoke\"")

ENTRY {
    kept = host;
    hg_plugin_init(plugin, "stop_fails", "1.0.0", NULL);
    plugin->stop = stop;
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
