/* Blocks with a violation that has every field. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("reason"));
    hg_add_string(&builder, hg_text_of("too many requests"));
    hg_key(&builder, hg_text_of("description"));
    hg_add_string(&builder, hg_text_of("11 requests in one second"));
    hg_key(&builder, hg_text_of("code"));
    hg_add_string(&builder, hg_text_of("RATE_LIMIT"));
    hg_key(&builder, hg_text_of("details"));
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("limit"));
    hg_add_int64(&builder, 10);
    hg_end(&builder);
    hg_key(&builder, hg_text_of("mcp_error_code"));
    hg_add_int64(&builder, -32000);
    hg_key(&builder, hg_text_of("http_status_code"));
    hg_add_int64(&builder, 429);
    hg_key(&builder, hg_text_of("http_headers"));
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("Retry-After"));
    hg_add_string(&builder, hg_text_of("1"));
    hg_end(&builder);
    hg_end(&builder);
    return call->host->deny(call, hg_finish(&builder));
}

PLUGIN("denies", "tool_pre_invoke", HG_MAY_BLOCK | HG_MAY_DENY, hook)
