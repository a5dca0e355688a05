/* Changes its own copy of the payload, and keeps it to itself. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    char *copy = call->host->alloc(call, call->payload->size);
    memcpy(copy, call->payload, call->payload->size);
    memset(copy + sizeof(hg_block), 0, call->payload->size - sizeof(hg_block));
    return HG_OK;
}

PLUGIN("mutates_copy", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
