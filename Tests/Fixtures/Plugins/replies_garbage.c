/* Replies with memory of the call that is no block. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_block *block = call->host->alloc(call, 64);
    memset(block, 0xA5, 64);
    block->size = 64;
    call->host->reply(call, block);
    return HG_OK;
}

PLUGIN("replies_garbage", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
