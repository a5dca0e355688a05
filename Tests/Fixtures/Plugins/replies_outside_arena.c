/* Replies with a block of its own memory. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_init(&builder, hg_grow_by_realloc, NULL, 64);
    hg_begin_object(&builder);
    hg_end(&builder);
    call->host->reply(call, hg_finish(&builder));
    hg_builder_release(&builder);
    return HG_OK;
}

PLUGIN("replies_outside_arena", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
