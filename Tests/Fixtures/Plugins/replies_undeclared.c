/* Replaces a field, but did not declare that it may. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    return hg_reply_text(call, "name", hg_text_of("other")) == HG_E_FORBIDDEN ? HG_OK : HG_E_FAILED;
}

PLUGIN("replies_undeclared", "tool_pre_invoke", HG_MAY_BLOCK, hook)
