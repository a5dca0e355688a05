/* Leaves its group if it may, closes all descriptors, and never ends. */
#include "fixture.h"

#include <unistd.h>

__attribute__((constructor)) static void construct(void) {
    setsid();
    // A leader of its group joins that of its parent.
    setpgid(0, getpgid(getppid()));
    for (int descriptor = 0; descriptor < 1024; descriptor++) close(descriptor);
    for (;;) pause();
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_closes_all", "tool_pre_invoke", 0, hook)
