/* Declares that it never blocks, and waits until its test opens the gate. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    control *control = self;
    control_enter(control);
    control_wait(&control->gate, 1, 60000);
    control_leave(control);
    return HG_OK;
}

PLUGIN("overruns_inline", "tool_pre_invoke", 0, hook)
