/* Needs a library that is not there. */
#include "fixture.h"

int hookgate_absent(void);

static hg_status hook(void *self, hg_call *call) { return hookgate_absent(); }

PLUGIN("missing_library", "tool_pre_invoke", 0, hook)
