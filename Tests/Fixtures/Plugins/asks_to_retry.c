/* Asks to repeat the call, and adds headers to the response. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("X-Cache"));
    hg_add_string(&builder, hg_text_of("miss"));
    hg_end(&builder);
    hg_status status = call->host->http_headers(call, hg_finish(&builder));
    return status == HG_OK ? call->host->retry_after(call, 250) : status;
}

PLUGIN("asks_to_retry", "tool_pre_invoke", HG_MAY_BLOCK, hook)
