/* Registers a hook, but fills no table. */
#include "fixture.h"

MANIFEST("no_table")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY { return hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook); }
