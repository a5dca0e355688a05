/* Adds a header whose value is a number. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("X-Count"));
    hg_add_int64(&builder, 3);
    hg_end(&builder);
    call->host->http_headers(call, hg_finish(&builder));
    return HG_OK;
}

PLUGIN("headers_of_numbers", "tool_pre_invoke", HG_MAY_BLOCK, hook)
