/* Ends the process as if all were well as soon as it is mapped. */
#include "fixture.h"

#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void construct(void) { _exit(0); }

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_exits_0", "tool_pre_invoke", 0, hook)
