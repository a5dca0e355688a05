/* Does to a prompt what its argument `act` asks for: deny, fail, or wait until the test opens the gate. Notes its start
 * and stop; `label` is what it calls itself in the log. */
#include "fixture.h"

#include <stdlib.h>

struct guard {
    const hg_host *host;
    control *control;
    char label[32];
};

static void note(struct guard *plugin, const char *event) {
    if (plugin->control != NULL) control_note(plugin->control, plugin->label, event);
}

static void start(void *self, hg_completion *completion) {
    struct guard *plugin = self;
    note(plugin, "start");
    plugin->host->completed(completion, HG_OK, hg_text_of(""));
}

static void stop(void *self, hg_completion *completion) {
    struct guard *plugin = self;
    note(plugin, "stop");
    plugin->host->completed(completion, HG_OK, hg_text_of(""));
}

static void add(hg_builder *builder, const char *key, hg_slice text) {
    hg_key(builder, hg_text_of(key));
    hg_add_string(builder, text);
}

/* The violation quotes what it found, as plugins do. */
static hg_status deny(hg_call *call, hg_slice found) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    add(&builder, "reason", hg_text_of("Prompt not allowed"));
    add(&builder, "description", hg_text_of("a word of the list"));
    add(&builder, "code", hg_text_of("deny"));
    hg_key(&builder, hg_text_of("details"));
    hg_begin_object(&builder);
    add(&builder, "found", found);
    hg_end(&builder);
    hg_end(&builder);
    return call->host->deny(call, hg_finish(&builder));
}

static hg_status hook(void *self, hg_call *call) {
    struct guard *plugin = self;
    hg_value args = hg_get_text(hg_root(call->payload), "args");
    hg_slice act = hg_text(hg_get_text(args, "act")), text = hg_text(hg_get_text(args, "text"));
    if (hg_slice_equal(act, hg_text_of("deny"))) return deny(call, text);
    if (hg_slice_equal(act, hg_text_of("fail"))) {
        call->host->fail(call, hg_text_of("the disk is full"));
        return HG_E_FAILED;
    }
    if (hg_slice_equal(act, hg_text_of("wait"))) {
        control_enter(plugin->control);
        control_wait(&plugin->control->gate, 1, 60000);
        note(plugin, "goes on");
        control_leave(plugin->control);
    }
    return HG_OK;
}

MANIFEST("prompt_guard", "\"prompt_pre_fetch\"")

ENTRY {
    struct guard *self = calloc(1, sizeof(*self));
    self->host = host;
    self->control = control_in(config);
    strncpy(self->label, text_in(config, "label"), sizeof(self->label) - 1);
    hg_plugin_init(plugin, "prompt_guard", "1.0.0", self);
    plugin->start = start;
    plugin->stop = stop;
    plugin->destroy = free;
    return hg_add_hook(host, registrar, "prompt_pre_fetch", HG_MAY_BLOCK | HG_MAY_DENY, hook);
}
