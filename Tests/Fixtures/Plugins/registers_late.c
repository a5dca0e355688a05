/* Registers another hook, and a problem, when the entry is long over. */
#include "fixture.h"

static hg_registrar *kept;

static hg_status hook(void *self, hg_call *call) {
    hg_status status = hg_add_hook(call->host, kept, "tool_post_invoke", 0, hook);
    call->host->config_problem(kept, HG_PROBLEM_ERROR, hg_text_of(""), hg_text_of("too late"));
    return hg_metadata_text(call, "add_hook", status_name(status));
}

MANIFEST("registers_late", "\"tool_pre_invoke\"")

ENTRY {
    kept = registrar;
    hg_plugin_init(plugin, "registers_late", "1.0.0", NULL);
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
