/* Appends a mark to the argument `marks` of a prompt. Kind and mark are replaced in the finished file, where both are
 * padded with spaces. */
#include "fixture.h"

/* The name stands in the manifest, where spaces after the value do no harm. */
HG_MANIFEST("{\"manifest\": 1, \"hooks\": [\"prompt_pre_fetch\"], \"name\": \"kind____________\"}")

static const volatile char kind[] = "kind____________";
static const volatile char mark[] = "mark____________";

static hg_slice trimmed(const volatile char *text, char *copy) {
    size_t size = 0;
    while (text[size] != '\0' && text[size] != ' ') {
        copy[size] = text[size];
        size++;
    }
    return hg_slice_of(copy, size);
}

static hg_status hook(void *self, hg_call *call) {
    char marks[1024] = "", copy[32];
    hg_value args = hg_get_text(hg_root(call->payload), "args");
    hg_slice before = hg_text(hg_get_text(args, "marks")), own = trimmed(mark, copy);
    if (before.size + own.size > sizeof(marks)) return HG_E_LIMIT;
    if (before.size > 0) memcpy(marks, before.data, before.size);
    memcpy(marks + before.size, own.data, own.size);
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("args"));
    hg_begin_object(&builder);
    for (uint32_t i = 0; i < hg_count(args); i++) {
        if (hg_slice_equal(hg_key_at(args, i), hg_text_of("marks"))) continue;
        hg_key(&builder, hg_key_at(args, i));
        hg_add_value(&builder, hg_at(args, i));
    }
    hg_key(&builder, hg_text_of("marks"));
    hg_add_string(&builder, hg_slice_of(marks, before.size + own.size));
    hg_end(&builder);
    hg_end(&builder);
    return call->host->reply(call, hg_finish(&builder));
}

ENTRY {
    static char copy[32];
    hg_plugin_init(plugin, "", "1.0.0", NULL);
    plugin->name = trimmed(kind, copy);
    return hg_add_hook(host, registrar, "prompt_pre_fetch", HG_MAY_BLOCK | HG_MAY_MODIFY, hook);
}
