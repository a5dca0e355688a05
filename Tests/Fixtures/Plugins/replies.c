/* Replaces the tool's name; of two replies the last one counts. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_reply_text(call, "name", hg_text_of("first"));
    return hg_reply_text(call, "name", hg_text_of("second"));
}

PLUGIN("replies", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_MODIFY, hook)
