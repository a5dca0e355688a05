/* Suspends, and then blocks in a job of its lane until its test opens the gate. */
#include "fixture.h"

static void step(void *context) {
    hg_call *call = context;
    control *control = call->user;
    control_enter(control);
    control_wait(&control->gate, 1, 60000);
    call->host->complete(call, HG_OK);
    control_leave(control);
}

static hg_status hook(void *self, hg_call *call) {
    call->user = self;
    hg_status status = call->host->submit(call, step, call);
    return status == HG_OK ? HG_PENDING : status;
}

PLUGIN("blocks_in_lane", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_BLOCK, hook)
