/* Aborts as soon as it is mapped. */
#include "fixture.h"

#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void construct(void) { abort(); }

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_aborts", "tool_pre_invoke", 0, hook)
