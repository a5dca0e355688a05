/* Notes its start, stop and end, and its hooks; `label` is what it calls itself in the log. */
#include "fixture.h"

#include <stdlib.h>

struct lifecycle {
    const hg_host *host;
    control *control;
    char label[32];
};

static void start(void *self, hg_completion *completion) {
    struct lifecycle *plugin = self;
    control_note(plugin->control, plugin->label, "start");
    plugin->host->completed(completion, HG_OK, hg_text_of(""));
}

static void stop(void *self, hg_completion *completion) {
    struct lifecycle *plugin = self;
    control_note(plugin->control, plugin->label, "stop");
    plugin->host->completed(completion, HG_OK, hg_text_of(""));
}

static void destroy(void *self) {
    struct lifecycle *plugin = self;
    control_note(plugin->control, plugin->label, "destroy");
    control_close(plugin->control);
    free(plugin);
}

/* Counts its own calls, so that a test sees whether an instance is still the same. */
static hg_status hook(void *self, hg_call *call) {
    static uint32_t calls;
    struct lifecycle *plugin = self;
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_int64(&builder, (int64_t)control_add(&calls, 1));
    return call->host->metadata(call, hg_text_of(plugin->label), hg_finish(&builder));
}

/* Waits until its test opens the gate. */
static hg_status slow_hook(void *self, hg_call *call) {
    struct lifecycle *plugin = self;
    control_enter(plugin->control);
    control_wait(&plugin->control->gate, 1, 60000);
    control_note(plugin->control, plugin->label, "slow hook returns");
    control_leave(plugin->control);
    return HG_OK;
}

MANIFEST("lifecycle", "\"tool_pre_invoke\", \"slow\"")

ENTRY {
    struct lifecycle *self = calloc(1, sizeof(*self));
    self->host = host;
    self->control = control_in(config);
    strncpy(self->label, text_in(config, "label"), sizeof(self->label) - 1);
    hg_plugin_init(plugin, "lifecycle", "1.0.0", self);
    plugin->start = start;
    plugin->stop = stop;
    plugin->destroy = destroy;
    hg_add_hook(host, registrar, "slow", HG_MAY_BLOCK, slow_hook);
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
