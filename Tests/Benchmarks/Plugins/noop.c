/* Hooks that do nothing: one that never blocks, one that the runtime has to be able to abandon; and one that crashes. */
#include <hookgate/hookgate.h>

#include <signal.h>

HG_MANIFEST("{\"manifest\": 1, \"name\": \"bench_noop\", \"version\": \"1.0.0\"}")

static hg_status do_nothing(void *self, hg_call *call) {
    (void)self;
    (void)call;
    return HG_OK;
}

static hg_status crash(void *self, hg_call *call) {
    (void)self;
    (void)call;
    raise(SIGSEGV);
    return HG_OK;
}

HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                       hg_plugin *plugin) {
    (void)config;
    hg_plugin_init(plugin, "bench_noop", "1.0.0", NULL);
    hg_add_hook(host, registrar, "tool_pre_invoke", 0, do_nothing);
    hg_add_hook(host, registrar, "bench_crash", HG_MAY_BLOCK, crash);
    return hg_add_hook(host, registrar, "tool_post_invoke", HG_MAY_BLOCK, do_nothing);
}
