/* Writes, overwrites and removes keys, and shows all of them as metadata. */
#include "fixture.h"

static hg_status set(hg_call *call, const char *key, int64_t value) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_int64(&builder, value);
    return call->host->state_set(call, HG_PLUGIN_STATE, hg_text_of(key), hg_finish(&builder));
}

static hg_status show(hg_call *call, const char *name) {
    const hg_block *all;
    hg_status status = call->host->state_all(call, HG_PLUGIN_STATE, &all);
    return status == HG_OK ? call->host->metadata(call, hg_text_of(name), all) : status;
}

static hg_status hook(void *self, hg_call *call) {
    const hg_block *value;
    show(call, "before");
    set(call, "a", 1);
    set(call, "b", 2);
    set(call, "a", 3);
    set(call, "c", 4);
    call->host->state_set(call, HG_PLUGIN_STATE, hg_text_of("c"), NULL);
    hg_metadata_text(call, "c", status_name(call->host->state_get(call, HG_PLUGIN_STATE, hg_text_of("c"), &value)));
    return show(call, "after");
}

PLUGIN("state_of_all_kinds", "tool_pre_invoke", HG_MAY_BLOCK, hook)
