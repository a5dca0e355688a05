/* Ends the process as soon as it is mapped. */
#include "fixture.h"

#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void construct(void) { exit(3); }

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_exits_3", "tool_pre_invoke", 0, hook)
