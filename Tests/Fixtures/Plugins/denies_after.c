/* Denies as soon as a hook of another plugin of its test has begun. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    control *control = self;
    control_wait(&control->entered, 1, 60000);
    return hg_deny(call, "STOP", "no", "another one has begun");
}

PLUGIN("denies_after", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_DENY, hook)
