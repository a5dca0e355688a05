/* Replies with a list where an object is expected. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_array(&builder);
    hg_end(&builder);
    call->host->reply(call, hg_finish(&builder));
    return HG_OK;
}

PLUGIN("replies_list", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
