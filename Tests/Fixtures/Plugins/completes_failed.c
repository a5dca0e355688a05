/* Goes on in a thread of its own, and fails there. */
#include "fixture.h"
#include "thread.h"

static void *work(void *argument) {
    hg_call *call = argument;
    call->host->fail(call, hg_text_of("the connection was reset"));
    call->host->complete(call, HG_E_FAILED);
    return NULL;
}

static hg_status hook(void *self, hg_call *call) {
    run_on_own_thread(work, call);
    return HG_PENDING;
}

PLUGIN("completes_failed", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_BLOCK, hook)
