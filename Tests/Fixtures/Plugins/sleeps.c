/* Sleeps, however much it is wanted back, for 0.4 s. */
#include "fixture.h"

#include <time.h>

static hg_status hook(void *self, hg_call *call) {
    struct timespec rest = {0, 400000000};
    control_enter(self);
    while (nanosleep(&rest, &rest) != 0) {
    }
    control_leave(self);
    return HG_OK;
}

PLUGIN("sleeps", "tool_pre_invoke", HG_MAY_BLOCK, hook)
