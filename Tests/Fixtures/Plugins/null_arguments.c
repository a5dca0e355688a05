/* Passes null and nonsense to every host function, and counts those that do not refuse it. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    const hg_host *host = call->host;
    const hg_block *value;
    hg_slice latin_1 = hg_text_of("caf\xe9"), key = hg_text_of("key");
    int accepted = 0;
    accepted += host->add_hook(NULL, NULL) == HG_OK;
    accepted += host->add_function(NULL, NULL) == HG_OK;
    accepted += host->alloc(NULL, 16) != NULL;
    accepted += host->reply(NULL, NULL) == HG_OK;
    accepted += host->deny(NULL, NULL) == HG_OK;
    accepted += host->report(NULL, NULL) == HG_OK;
    accepted += host->fail(NULL, key) == HG_OK;
    accepted += host->fail(call, latin_1) == HG_OK;
    accepted += host->metadata(NULL, key, NULL) == HG_OK;
    accepted += host->metadata(call, latin_1, call->payload) == HG_OK;
    accepted += host->state_get(NULL, HG_PLUGIN_STATE, key, &value) == HG_OK;
    accepted += host->state_get(call, 99, key, &value) == HG_OK;
    accepted += host->state_get(call, HG_PLUGIN_STATE, key, NULL) == HG_OK;
    accepted += host->state_get(call, HG_PLUGIN_STATE, latin_1, &value) == HG_OK;
    accepted += host->state_set(NULL, HG_PLUGIN_STATE, key, NULL) == HG_OK;
    accepted += host->state_set(call, -1, key, call->payload) == HG_OK;
    accepted += host->state_all(NULL, HG_PLUGIN_STATE, &value) == HG_OK;
    accepted += host->state_all(call, 99, &value) == HG_OK;
    accepted += host->state_all(call, HG_PLUGIN_STATE, NULL) == HG_OK;
    accepted += host->retry_after(NULL, 1) == HG_OK;
    accepted += host->retry_after(call, -1) == HG_OK;
    accepted += host->http_headers(NULL, NULL) == HG_OK;
    accepted += host->submit(NULL, NULL, NULL) == HG_OK;
    accepted += host->submit(call, NULL, NULL) == HG_OK;
    accepted += host->extension(host, hg_text_of("none/1")) != NULL;
    host->config_problem(NULL, HG_PROBLEM_ERROR, key, key);
    host->log(NULL, HG_LOG_ERROR, key);
    host->count(NULL, key, 1);
    host->complete(NULL, HG_OK);
    host->completed(NULL, HG_OK, key);
    accepted += host->cancelled(NULL) != 1;
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_int64(&builder, accepted);
    return host->metadata(call, hg_text_of("accepted"), hg_finish(&builder));
}

PLUGIN("null_arguments", "tool_pre_invoke", HG_MAY_BLOCK, hook)
