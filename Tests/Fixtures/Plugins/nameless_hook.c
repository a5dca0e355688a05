/* Registers a hook without a name. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("nameless_hook", "", 0, hook)
