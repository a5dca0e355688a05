/* Returns a status that does not exist. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return 42; }

PLUGIN("unknown_status", "tool_pre_invoke", HG_MAY_BLOCK, hook)
