/* Replies with a text in Latin-1. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_reply_text(call, "name", hg_text_of("caf\xe9"));
    return HG_OK;
}

PLUGIN("replies_not_utf8", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
