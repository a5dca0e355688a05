/* Replies with a valid block at an odd address, which is read all the same: it is copied before it is checked. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("name"));
    hg_add_string(&builder, hg_text_of("odd"));
    hg_end(&builder);
    const hg_block *block = hg_finish(&builder);
    char *memory = call->host->alloc(call, block->size + 1);
    memcpy(memory + 1, block, block->size);
    return call->host->reply(call, (const hg_block *)(const void *)(memory + 1));
}

PLUGIN("replies_misaligned", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
