/* Stores the tool's name before the call, and reads it after. Keys are those of the configuration's `scope`. */
#include "fixture.h"

#include <stdlib.h>

struct remembers {
    int32_t scope;
};

static hg_status before(void *self, hg_call *call) {
    int32_t scope = ((struct remembers *)self)->scope;
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_value(&builder, hg_get(hg_root(call->payload), hg_text_of("name")));
    hg_status status = call->host->state_set(call, scope, hg_text_of("tool"), hg_finish(&builder));
    const hg_block *own;
    return status == HG_OK ? call->host->state_get(call, scope, hg_text_of("tool"), &own) : status;
}

static hg_status after(void *self, hg_call *call) {
    int32_t scope = ((struct remembers *)self)->scope;
    const hg_block *value;
    hg_status status = call->host->state_get(call, scope, hg_text_of("tool"), &value);
    if (status != HG_OK) return hg_metadata_text(call, text_in(call->payload, "key"), status_name(status));
    return call->host->metadata(call, hg_text_of(text_in(call->payload, "key")), value);
}

static void destroy(void *self) { free(self); }

MANIFEST("remembers", "\"tool_pre_invoke\", \"look\"")

ENTRY {
    const char *names[] = {"plugin_state", "plugin_metadata", "global_state", "global_metadata"};
    struct remembers *self = calloc(1, sizeof(struct remembers));
    while (strcmp(names[self->scope], text_in(config, "scope")) != 0) self->scope++;
    hg_plugin_init(plugin, "remembers", "1.0.0", self);
    plugin->destroy = destroy;
    hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, before);
    return hg_add_hook(host, registrar, "look", HG_MAY_BLOCK, after);
}
