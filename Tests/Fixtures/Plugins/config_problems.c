/* Finds fault with its configuration: `errors` and `warnings` are lists of JSON pointers into it. */
#include "fixture.h"

MANIFEST("config_problems", "\"tool_pre_invoke\"")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

static void report(const hg_host *host, hg_registrar *registrar, const hg_block *config, const char *key,
                   int32_t severity, const char *message) {
    hg_value pointers = hg_get(hg_root(config), hg_text_of(key));
    for (uint32_t i = 0; i < hg_count(pointers); i++)
        host->config_problem(registrar, severity, hg_text(hg_at(pointers, i)), hg_text_of(message));
}

ENTRY {
    hg_plugin_init(plugin, "config_problems", "1.0.0", NULL);
    report(host, registrar, config, "warnings", HG_PROBLEM_WARNING, "is not needed any more");
    report(host, registrar, config, "errors", HG_PROBLEM_ERROR, "has to be positive");
    return hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
}
