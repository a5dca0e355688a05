/* Waits until it is told that nobody waits for it any more. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    control *control = self;
    // Before anybody knows of the call, who may have it cancelled.
    call->user = control;
    control_enter(control);
    control_wait(&control->gate, 1, 60000);
    control_note(control, "cancelled", call->host->cancelled(call) == 1 ? "yes" : "no");
    control_leave(control);
    return HG_OK;
}

static void cancel(void *self, hg_call *call) {
    control *control = self;
    control_note(control, "cancel", call->user == self ? "finds its data" : "finds nothing");
    control_add(&control->gate, 1);
}

MANIFEST("cancels", "\"tool_pre_invoke\"")

ENTRY {
    hg_plugin_init(plugin, "cancels", "1.0.0", control_in(config));
    plugin->cancel = cancel;
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
