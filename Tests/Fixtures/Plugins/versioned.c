/* Shows before and after a call which build it is: the digits of `build` are replaced in the finished file. */
#include "fixture.h"

static const volatile char build[] = "BUILD:0000000000";

static hg_status show(hg_call *call, const char *key) {
    char text[sizeof(build)];
    for (size_t i = 0; i < sizeof(build); i++) text[i] = build[i];
    return hg_metadata_text(call, key, text);
}

static hg_status before(void *self, hg_call *call) { return show(call, "build"); }

static hg_status after(void *self, hg_call *call) { return show(call, "build"); }

MANIFEST("versioned", "\"tool_pre_invoke\", \"tool_post_invoke\"")

ENTRY {
    hg_plugin_init(plugin, "versioned", "1.0.0", NULL);
    hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, before);
    return hg_add_hook(host, registrar, "tool_post_invoke", HG_MAY_BLOCK, after);
}
