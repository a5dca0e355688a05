/* Needs a library that comes with the installation. */
#include "fixture.h"

int hookgate_bundled(void);

static hg_status hook(void *self, hg_call *call) { return hg_metadata_bool(call, "bundled", hookgate_bundled()); }

PLUGIN("bundled_library", "tool_pre_invoke", HG_MAY_BLOCK, hook)
