/* Carries the marker of a request, the argument `marker`, from the hook before a prompt or a tool to the one after it,
 * in all four scopes. The header `x-carried-KEY` says what each scope had after, and `x-found-KEY` how many of them had
 * something before, which nobody has stored. `key` is of the configuration: entries share the global scopes. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

enum { SCOPES = 4 };

struct carries {
    char key[32];
};

/* Adds a header to the answer. */
static hg_status header(hg_call *call, const char *name, const char *key, hg_slice value) {
    char full[64];
    snprintf(full, sizeof(full), "%s-%s", name, key);
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of(full));
    hg_add_string(&builder, value);
    hg_end(&builder);
    return call->host->http_headers(call, hg_finish(&builder));
}

static hg_status before(void *self, hg_call *call) {
    const char *key = ((struct carries *)self)->key;
    hg_value marker = hg_get_text(hg_get_text(hg_root(call->payload), "args"), "marker");
    char found[2] = "0";
    for (int32_t scope = 0; scope < SCOPES; scope++) {
        const hg_block *value;
        if (call->host->state_get(call, scope, hg_text_of(key), &value) == HG_OK) found[0]++;
        hg_builder builder;
        hg_builder_in_arena(&builder, call);
        hg_add_value(&builder, marker);
        hg_status status = call->host->state_set(call, scope, hg_text_of(key), hg_finish(&builder));
        if (status != HG_OK) return status;
    }
    return header(call, "x-found", key, hg_text_of(found));
}

static hg_status after(void *self, hg_call *call) {
    const char *key = ((struct carries *)self)->key;
    char all[512];
    size_t size = 0;
    for (int32_t scope = 0; scope < SCOPES; scope++) {
        const hg_block *value;
        hg_status status = call->host->state_get(call, scope, hg_text_of(key), &value);
        if (status != HG_OK) return status;
        hg_slice text = hg_text(hg_root(value));
        if (size + text.size + 1 > sizeof(all)) return HG_E_LIMIT;
        if (size > 0) all[size++] = ' ';
        memcpy(all + size, text.data, text.size);
        size += text.size;
    }
    return header(call, "x-carried", key, hg_slice_of(all, size));
}

static void destroy(void *self) { free(self); }

MANIFEST("carries", "\"prompt_pre_fetch\", \"prompt_post_fetch\", \"tool_pre_invoke\", \"tool_post_invoke\"")

ENTRY {
    struct carries *self = calloc(1, sizeof(*self));
    strncpy(self->key, text_in(config, "key"), sizeof(self->key) - 1);
    hg_plugin_init(plugin, "carries", "1.0.0", self);
    plugin->destroy = destroy;
    hg_add_hook(host, registrar, "prompt_pre_fetch", HG_MAY_BLOCK, before);
    hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, before);
    hg_add_hook(host, registrar, "prompt_post_fetch", HG_MAY_BLOCK, after);
    return hg_add_hook(host, registrar, "tool_post_invoke", HG_MAY_BLOCK, after);
}
