/* Calls a function that no library has. */
#include "fixture.h"

int hookgate_undefined(void);

static hg_status hook(void *self, hg_call *call) { return hookgate_undefined(); }

PLUGIN("undefined_symbol", "tool_pre_invoke", 0, hook)
