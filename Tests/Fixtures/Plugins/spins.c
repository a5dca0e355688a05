/* Burns its processor until its test opens the gate. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    control *control = self;
    control_enter(control);
    while (control_read(&control->gate) == 0) {
    }
    control_leave(control);
    return HG_OK;
}

PLUGIN("spins", "tool_pre_invoke", HG_MAY_BLOCK, hook)
