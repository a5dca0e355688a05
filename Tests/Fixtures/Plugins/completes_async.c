/* Goes on in a thread of its own, and completes from there. */
#include "fixture.h"
#include "thread.h"

static void *work(void *argument) {
    hg_call *call = argument;
    hg_reply_text(call, "name", hg_text_of("replaced later"));
    hg_metadata_bool(call, "own_thread", 1);
    call->host->complete(call, HG_OK);
    return NULL;
}

static hg_status hook(void *self, hg_call *call) {
    run_on_own_thread(work, call);
    return HG_PENDING;
}

PLUGIN("completes_async", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_MODIFY, hook)
