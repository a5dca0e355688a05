/* Says why before it aborts. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void construct(void) {
    fputs("libwidget: no licence file\nlibwidget: giving up\n", stderr);
    abort();
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_says_why", "tool_pre_invoke", 0, hook)
