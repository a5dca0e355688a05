/* Reports a violation without blocking, which needs no declaration. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("reason"));
    hg_add_string(&builder, hg_text_of("suspicious"));
    hg_key(&builder, hg_text_of("description"));
    hg_add_string(&builder, hg_text_of("the tool is new"));
    hg_key(&builder, hg_text_of("code"));
    hg_add_string(&builder, hg_text_of("NEW_TOOL"));
    hg_end(&builder);
    return call->host->report(call, hg_finish(&builder));
}

PLUGIN("reports", "tool_pre_invoke", HG_MAY_BLOCK, hook)
