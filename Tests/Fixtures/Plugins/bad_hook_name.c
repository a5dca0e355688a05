/* Registers a hook whose name has characters that names do not have. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("bad_hook_name", "Tool Pre!", 0, hook)
