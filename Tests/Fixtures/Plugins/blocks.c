/* Waits until its test opens the gate. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    control *control = self;
    control_enter(control);
    control_wait(&control->gate, 1, 60000);
    hg_status status = hg_metadata_bool(call, "late", 1);
    control_note(control, "metadata", status_name(status));
    control_leave(control);
    return HG_OK;
}

PLUGIN("blocks", "tool_pre_invoke", HG_MAY_BLOCK, hook)
