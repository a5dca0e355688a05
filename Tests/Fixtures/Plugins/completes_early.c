/* Completes before its function has returned. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_metadata_bool(call, "early", 1);
    call->host->complete(call, HG_OK);
    return HG_PENDING;
}

PLUGIN("completes_early", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_BLOCK, hook)
