/* Does what its configuration says, in this order; without a key it does nothing.
 *
 * await: PATH        waits until there is a file
 * note: PATH         appends a line with the argument `x` to a file
 * sleep: MS          sleeps; notes "cancelled" if nobody waits for it any more
 * metadata: {...}    sets metadata
 * global: {...}      sets global state
 * read: KEY          shows the global state of a key as metadata, null if there is none
 * counter: true      a pre hook counts in the plugin's state, and another one shows it as the metadata `text`
 * append: TEXT       appends to the argument `x`
 * reply: {...}       replaces fields, or is the headers or the user that such hooks answer
 * deny: CODE         blocks
 * fail: MESSAGE      fails */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static hg_value config_of(void *self, const char *key) { return hg_get_text(hg_root(self), key); }

static hg_value x_of(hg_call *call) { return hg_get_text(hg_get_text(hg_root(call->payload), "args"), "x"); }

static const hg_block *block_of(hg_call *call, hg_value value) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_value(&builder, value);
    return hg_finish(&builder);
}

static void note(void *self, hg_slice text) {
    char path[512];
    hg_slice given = hg_text(config_of(self, "note"));
    if (given.size == 0 || given.size >= sizeof(path)) return;
    memcpy(path, given.data, given.size);
    path[given.size] = '\0';
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file < 0) return;
    dprintf(file, "%.*s\n", (int)text.size, (const char *)text.data);
    close(file);
}

static void await(void *self) {
    char path[512];
    hg_slice given = hg_text(config_of(self, "await"));
    if (given.size == 0 || given.size >= sizeof(path)) return;
    memcpy(path, given.data, given.size);
    path[given.size] = '\0';
    while (access(path, F_OK) != 0) usleep(1000);
}

static void rest(void *self, hg_call *call) {
    int64_t left = 0;
    hg_int64(config_of(self, "sleep"), &left);
    for (; left > 0; left -= 5) {
        usleep(5000);
        if (!call->host->cancelled(call)) continue;
        note(self, hg_text_of("cancelled"));
        return;
    }
}

static void remember(void *self, hg_call *call) {
    hg_value metadata = config_of(self, "metadata"), global = config_of(self, "global");
    for (uint32_t i = 0; i < hg_count(metadata); i++) {
        call->host->metadata(call, hg_key_at(metadata, i), block_of(call, hg_at(metadata, i)));
    }
    for (uint32_t i = 0; i < hg_count(global); i++) {
        call->host->state_set(call, HG_GLOBAL_STATE, hg_key_at(global, i), block_of(call, hg_at(global, i)));
    }
    hg_slice key = hg_text(config_of(self, "read"));
    if (key.size == 0) return;
    const hg_block *value;
    if (call->host->state_get(call, HG_GLOBAL_STATE, key, &value) == HG_OK) {
        call->host->metadata(call, key, value);
        return;
    }
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_null(&builder);
    call->host->metadata(call, key, hg_finish(&builder));
}

static void count(void *self, hg_call *call) {
    int counts = 0;
    if (!hg_bool(config_of(self, "counter"), &counts) || !counts) return;
    int64_t counter = 0;
    const hg_block *before;
    if (call->host->state_get(call, HG_PLUGIN_STATE, hg_text_of("counter"), &before) == HG_OK) {
        hg_int64(hg_root(before), &counter);
    }
    if (memmem(call->hook.data, call->hook.size, "_pre_", 5) == NULL) {
        char text[64];
        snprintf(text, sizeof(text), "Counter: %lld", (long long)counter);
        hg_metadata_text(call, "text", text);
        return;
    }
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_int64(&builder, counter + 1);
    call->host->state_set(call, HG_PLUGIN_STATE, hg_text_of("counter"), hg_finish(&builder));
}

static hg_status append(hg_call *call, hg_slice before, hg_slice added) {
    char text[256];
    if (before.size + added.size > sizeof(text)) return HG_E_LIMIT;
    if (before.size > 0) memcpy(text, before.data, before.size);
    memcpy(text + before.size, added.data, added.size);
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("args"));
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("x"));
    hg_add_string(&builder, hg_slice_of(text, before.size + added.size));
    hg_end(&builder);
    hg_end(&builder);
    return call->host->reply(call, hg_finish(&builder));
}

static hg_status hook(void *self, hg_call *call) {
    await(self);
    note(self, hg_text(x_of(call)));
    rest(self, call);
    remember(self, call);
    count(self, call);
    hg_slice added = hg_text(config_of(self, "append")), failure = hg_text(config_of(self, "fail"));
    hg_slice code = hg_text(config_of(self, "deny"));
    hg_status status = HG_OK;
    if (added.size > 0) status = append(call, hg_text(x_of(call)), added);
    if (hg_type(config_of(self, "reply")) == HG_OBJECT) {
        status = call->host->reply(call, block_of(call, config_of(self, "reply")));
    }
    if (code.size > 0) {
        char text[64];
        snprintf(text, sizeof(text), "%.*s", (int)code.size, (const char *)code.data);
        status = hg_deny(call, text, "no", "never");
    }
    if (failure.size == 0) return status;
    call->host->fail(call, failure);
    return HG_E_FAILED;
}

MANIFEST("acts", "\"prompt_pre_fetch\", \"prompt_post_fetch\", \"tool_pre_invoke\", \"tool_post_invoke\", "
                 "\"http_pre_request\", \"http_auth_resolve_user\"")

ENTRY {
    const char *names[] = {"prompt_pre_fetch", "prompt_post_fetch", "tool_pre_invoke", "tool_post_invoke",
                           "http_pre_request", "http_auth_resolve_user"};
    hg_block *self = malloc(config->size);
    memcpy(self, config, config->size);
    hg_plugin_init(plugin, "acts", "1.0.0", self);
    plugin->destroy = free;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        hg_status status =
            hg_add_hook(host, registrar, names[i], HG_MAY_BLOCK | HG_MAY_DENY | HG_MAY_MODIFY, hook);
        if (status != HG_OK) return status;
    }
    return HG_OK;
}
