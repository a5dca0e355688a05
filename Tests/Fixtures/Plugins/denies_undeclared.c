/* Blocks, but did not declare that it may. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    return hg_deny(call, "FORBIDDEN", "forbidden", "nobody may") == HG_E_FORBIDDEN ? HG_OK : HG_E_FAILED;
}

PLUGIN("denies_undeclared", "tool_pre_invoke", HG_MAY_BLOCK, hook)
