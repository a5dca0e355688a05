/* Promises to complete later, and forgets it. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_PENDING; }

PLUGIN("never_completes", "tool_pre_invoke", HG_MAY_SUSPEND, hook)
