/* Follows a request through its hooks: notes each with the user that it knows and the tool that the global metadata has,
 * beginning with the header `x-marker`, and puts the notes into the response's header `x-seen`. The request's identifier
 * of the first hook is in `x-seen-request`; a hook that is given another one notes that. */
#include "fixture.h"

struct notes {
    char text[1024];
    size_t size;
};

static void note(struct notes *notes, hg_slice text) {
    size_t size = text.size < sizeof(notes->text) - notes->size ? text.size : sizeof(notes->text) - notes->size;
    if (size > 0) memcpy(notes->text + notes->size, text.data, size);
    notes->size += size;
}

static hg_status hook(void *self, hg_call *call) {
    struct notes notes = {.size = 0};
    const hg_block *before;
    if (call->host->state_get(call, HG_PLUGIN_STATE, hg_text_of("seen"), &before) == HG_OK) {
        note(&notes, hg_text(hg_root(before)));
    } else {
        note(&notes, hg_text(hg_get_text(hg_get_text(hg_root(call->payload), "headers"), "x-marker")));
    }
    hg_slice user = hg_text(hg_get_text(hg_root(call->context), "user"));
    note(&notes, hg_text_of(" "));
    note(&notes, call->hook);
    if (user.size > 0) note(&notes, hg_text_of("="));
    note(&notes, user);
    const hg_block *tool;
    if (call->host->state_get(call, HG_GLOBAL_METADATA, hg_text_of("tool"), &tool) == HG_OK) {
        note(&notes, hg_text_of("/"));
        note(&notes, hg_text(hg_get_text(hg_root(tool), "name")));
    }

    hg_builder builder;
    hg_slice request = hg_text(hg_get_text(hg_root(call->context), "request_id"));
    const hg_block *first;
    if (call->host->state_get(call, HG_PLUGIN_METADATA, hg_text_of("request"), &first) == HG_OK) {
        if (!hg_slice_equal(hg_text(hg_root(first)), request)) note(&notes, hg_text_of(" (another request)"));
        request = hg_text(hg_root(first));
    } else {
        hg_builder_in_arena(&builder, call);
        hg_add_string(&builder, request);
        call->host->state_set(call, HG_PLUGIN_METADATA, hg_text_of("request"), hg_finish(&builder));
    }

    hg_builder_in_arena(&builder, call);
    if (hg_slice_equal(call->hook, hg_text_of("http_post_request"))) {
        hg_begin_object(&builder);
        hg_key(&builder, hg_text_of("x-seen"));
        hg_add_string(&builder, hg_slice_of(notes.text, notes.size));
        hg_key(&builder, hg_text_of("x-seen-request"));
        hg_add_string(&builder, request);
        hg_end(&builder);
        return call->host->reply(call, hg_finish(&builder));
    }
    hg_add_string(&builder, hg_slice_of(notes.text, notes.size));
    return call->host->state_set(call, HG_PLUGIN_STATE, hg_text_of("seen"), hg_finish(&builder));
}

MANIFEST("follows", "\"http_pre_request\", \"http_auth_resolve_user\", \"http_auth_check_permission\", "
                    "\"prompt_pre_fetch\", \"prompt_post_fetch\", \"tool_pre_invoke\", \"tool_post_invoke\", "
                    "\"resource_pre_fetch\", \"resource_post_fetch\", \"agent_pre_invoke\", \"agent_post_invoke\", "
                    "\"http_post_request\"")

ENTRY {
    const char *names[] = {"http_pre_request", "http_auth_resolve_user", "http_auth_check_permission",
                           "prompt_pre_fetch", "prompt_post_fetch", "tool_pre_invoke", "tool_post_invoke",
                           "resource_pre_fetch", "resource_post_fetch", "agent_pre_invoke", "agent_post_invoke",
                           "http_post_request"};
    hg_plugin_init(plugin, "follows", "1.0.0", NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        hg_status status = hg_add_hook(host, registrar, names[i], HG_MAY_BLOCK | HG_MAY_MODIFY, hook);
        if (status != HG_OK) return status;
    }
    return HG_OK;
}
