/* Blocks with a violation that lacks its code. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("reason"));
    hg_add_string(&builder, hg_text_of("because"));
    hg_key(&builder, hg_text_of("description"));
    hg_add_string(&builder, hg_text_of("just because"));
    hg_end(&builder);
    call->host->deny(call, hg_finish(&builder));
    return HG_OK;
}

PLUGIN("denies_malformed", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_DENY, hook)
