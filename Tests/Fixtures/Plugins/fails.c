/* Fails, and says why. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    call->host->fail(call, hg_text_of("the disk is full"));
    return HG_E_FAILED;
}

PLUGIN("fails", "tool_pre_invoke", HG_MAY_BLOCK, hook)
