/* Returns HG_PENDING, but did not declare that it may. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_PENDING; }

PLUGIN("pends_undeclared", "tool_pre_invoke", HG_MAY_BLOCK, hook)
