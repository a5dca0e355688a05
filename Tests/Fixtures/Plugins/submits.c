/* Does its work in three jobs on the call's lane; the last one completes the call. */
#include "fixture.h"

static void step(void *context) {
    hg_call *call = context;
    uintptr_t number = (uintptr_t)call->user + 1;
    call->user = (void *)number;
    if (number < 3) {
        call->host->submit(call, step, call);
        return;
    }
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_int64(&builder, (int64_t)number);
    call->host->metadata(call, hg_text_of("steps"), hg_finish(&builder));
    call->host->complete(call, HG_OK);
}

static hg_status hook(void *self, hg_call *call) {
    hg_status status = call->host->submit(call, step, call);
    return status == HG_OK ? HG_PENDING : status;
}

PLUGIN("submits", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_BLOCK, hook)
