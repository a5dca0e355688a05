/* Cannot start, and says why. */
#include "fixture.h"

static const hg_host *kept;

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

static void start(void *self, hg_completion *completion) {
    kept->completed(completion, HG_E_FAILED, hg_text_of("no answer from db.example.com"));
}

static void destroy(void *self) {
    if (self != NULL) control_note(self, "start_fails", "destroy");
}

static void stop(void *self, hg_completion *completion) {
    if (self != NULL) control_note(self, "start_fails", "stop");
    kept->completed(completion, HG_OK, hg_text_of(""));
}

MANIFEST("start_fails", "\"tool_pre_invoke\"")

ENTRY {
    kept = host;
    hg_plugin_init(plugin, "start_fails", "1.0.0", control_in(config));
    plugin->start = start;
    plugin->stop = stop;
    plugin->destroy = destroy;
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
