/* Replies with nothing at all. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    call->host->reply(call, NULL);
    return HG_OK;
}

PLUGIN("replies_null", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
