/* Counts under a name that is too long, and then under ever new ones, the last of them the first one again. */
#include "fixture.h"

#include <stdio.h>

static hg_status hook(void *self, hg_call *call) {
    char longest[65];
    memset(longest, 'n', sizeof(longest));
    call->host->count(call->host, hg_slice_of(longest, sizeof(longest)), 1);
    for (int i = 0; i < 1000; i++) {
        char name[32];
        snprintf(name, sizeof(name), "counter_%d", i);
        call->host->count(call->host, hg_text_of(name), 1);
    }
    call->host->count(call->host, hg_text_of("counter_0"), 1);
    return HG_OK;
}

PLUGIN("counts_without_end", "tool_pre_invoke", HG_MAY_BLOCK, hook)
