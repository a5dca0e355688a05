/* Prints the same line for ever as soon as it is mapped. */
#include "fixture.h"

#include <unistd.h>

__attribute__((constructor)) static void construct(void) {
    for (;;) (void)!write(1, "on and on\n", 10);
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_prints_without_end", "tool_pre_invoke", 0, hook)
