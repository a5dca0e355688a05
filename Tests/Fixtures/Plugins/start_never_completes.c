/* Its start returns, but is not done before its test opens the gate, and then it is done in vain. */
#include "fixture.h"
#include "thread.h"

struct starting {
    const hg_host *host;
    control *control;
    hg_completion *completion;
};

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

static void *work(void *argument) {
    struct starting *plugin = argument;
    control_wait(&plugin->control->gate, 1, 60000);
    control_note(plugin->control, "start", "is done");
    plugin->host->completed(plugin->completion, HG_OK, hg_text_of(""));
    return NULL;
}

static void start(void *self, hg_completion *completion) {
    struct starting *plugin = self;
    plugin->completion = completion;
    run_on_own_thread(work, plugin);
}

static void stop(void *self, hg_completion *completion) {
    struct starting *plugin = self;
    control_note(plugin->control, "stop", "is done");
    plugin->host->completed(completion, HG_OK, hg_text_of(""));
}

static void destroy(void *self) {
    struct starting *plugin = self;
    control_note(plugin->control, "destroy", "is done");
    control_close(plugin->control);
    free(plugin);
}

MANIFEST("start_never_completes", "\"tool_pre_invoke\"")

ENTRY {
    struct starting *self = calloc(1, sizeof(*self));
    self->host = host;
    self->control = control_in(config);
    hg_plugin_init(plugin, "start_never_completes", "1.0.0", self);
    plugin->start = start;
    plugin->stop = stop;
    plugin->destroy = destroy;
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
