/* Registers a hook with a flag that this release does not know. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("unknown_hook_flags", "tool_pre_invoke", 1 << 20, hook)
