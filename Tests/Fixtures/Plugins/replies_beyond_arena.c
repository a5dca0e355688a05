/* Replies with a block that claims to be larger than the memory it lies in. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_block *block = call->host->alloc(call, 64);
    memset(block, 0xA5, 64);
    call->host->reply(call, block);
    return HG_OK;
}

PLUGIN("replies_beyond_arena", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
