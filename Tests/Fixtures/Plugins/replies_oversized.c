/* Replies with 1500 bytes of text. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    char text[1500];
    memset(text, 'x', sizeof(text));
    hg_reply_text(call, "name", hg_slice_of(text, sizeof(text)));
    return HG_OK;
}

PLUGIN("replies_oversized", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
