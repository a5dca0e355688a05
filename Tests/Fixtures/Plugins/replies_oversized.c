/* Replies with 1500 bytes of text. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    char text[1500];
    hg_builder builder;
    memset(text, 'x', sizeof(text));
    hg_builder_init(&builder, hg_grow_by_realloc, NULL, 64);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("name"));
    hg_add_string(&builder, hg_slice_of(text, sizeof(text)));
    hg_end(&builder);
    const hg_block *block = hg_finish(&builder);
    void *reply = call->host->alloc(call, block->size);
    memcpy(reply, block, block->size);
    hg_builder_release(&builder);
    call->host->reply(call, reply);
    return HG_OK;
}

PLUGIN("replies_oversized", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
