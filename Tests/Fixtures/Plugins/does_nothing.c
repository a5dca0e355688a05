/* Lets everything pass, on the caller's thread. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("does_nothing", "tool_pre_invoke", 0, hook)
