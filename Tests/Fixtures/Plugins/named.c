/* A plugin whose kind and mark are replaced in the finished file, where both are padded with spaces. */
#include "fixture.h"

/* The name stands in the manifest, where spaces after the value do no harm. */
HG_MANIFEST("{\"manifest\": 1, \"hooks\": [\"tool_pre_invoke\"], \"name\": \"kind____________\"}")

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
    char copy[32];
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_string(&builder, trimmed(mark, copy));
    return call->host->metadata(call, hg_text_of("seen_by"), hg_finish(&builder));
}

ENTRY {
    static char copy[32];
    hg_plugin_init(plugin, "", "1.0.0", NULL);
    plugin->name = trimmed(kind, copy);
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
