/* Completes with a status that is no end. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    call->host->complete(call, HG_PENDING);
    return HG_PENDING;
}

PLUGIN("completes_pending", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_BLOCK, hook)
