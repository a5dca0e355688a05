/* Fails without a word. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_E_MEMORY; }

PLUGIN("fails_silently", "tool_pre_invoke", HG_MAY_BLOCK, hook)
