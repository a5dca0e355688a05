/* Prints when it is mapped, and in its hook. */
#include "fixture.h"

#include <stdio.h>

static void say(const char *text) {
    fputs(text, stdout);
    fflush(stdout);
}

__attribute__((constructor)) static void construct(void) { say("printed by a constructor\n"); }

static hg_status hook(void *self, hg_call *call) {
    say("printed by a hook\n");
    return HG_OK;
}

PLUGIN("constructor_prints", "tool_pre_invoke", HG_MAY_BLOCK, hook)
