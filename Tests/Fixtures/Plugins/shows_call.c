/* Shows what a call carries: hook, payload and context. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_string(&builder, call->hook);
    call->host->metadata(call, hg_text_of("hook"), hg_finish(&builder));
    call->host->metadata(call, hg_text_of("payload"), call->payload);
    call->host->metadata(call, hg_text_of("context"), call->context);
    return hg_metadata_bool(call, "sizes", call->struct_size == sizeof(hg_call) && call->deadline_ns > 0 &&
                                               call->user == NULL && call->host->struct_size == sizeof(hg_host) &&
                                               call->host->cancelled(call) == 0);
}

MANIFEST("shows_call", "\"tool_pre_invoke\", \"my.hook:v1-2\"")

ENTRY {
    hg_plugin_init(plugin, "shows_call", "1.0.0", NULL);
    hg_add_hook(host, registrar, "my.hook:v1-2", 0, hook);
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
