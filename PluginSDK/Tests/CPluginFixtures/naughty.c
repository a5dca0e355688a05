#include "CPluginFixtures.h"

static void start_twice(void *self, hg_completion *completion) {
    const hg_host *runtime = self;
    runtime->completed(completion, HG_OK, hg_text_of(""));
    runtime->completed(completion, HG_OK, hg_text_of(""));
}

static void be_unwell(void *self, hg_completion *completion) {
    const hg_host *runtime = self;
    runtime->completed(completion, HG_E_FAILED, hg_text_of("no connection"));
}

static void never_stop(void *self, hg_completion *completion) {
    (void)self;
    (void)completion;
}

static hg_status deny_undeclared(void *self, hg_call *call) {
    (void)self;
    hg_deny(call, "NO", "no", "No.");
    return HG_OK;
}

static hg_status reply_from_the_stack(void *self, hg_call *call) {
    (void)self;
    hg_builder builder;
    hg_builder_init(&builder, hg_grow_by_realloc, NULL, 64);
    hg_begin_object(&builder);
    hg_end(&builder);
    call->host->reply(call, hg_finish(&builder));
    hg_builder_release(&builder);
    return HG_OK;
}

static hg_status complete_twice(void *self, hg_call *call) {
    (void)self;
    call->host->complete(call, HG_OK);
    call->host->complete(call, HG_OK);
    return HG_PENDING;
}

static hg_status suspend_undeclared(void *self, hg_call *call) {
    (void)self;
    call->host->complete(call, HG_OK);
    return HG_PENDING;
}

static hg_status never_end(void *self, hg_call *call) {
    (void)self;
    (void)call;
    return HG_PENDING;
}

static hg_status answer_nonsense(void *self, hg_call *call) {
    (void)self;
    (void)call;
    return 7;
}

/* Every other call fails. */
static hg_status take_turns(void *self, hg_call *call) {
    static int turn;
    (void)self;
    if (__atomic_fetch_add(&turn, 1, __ATOMIC_RELAXED) % 2 == 0) return HG_OK;
    call->host->fail(call, hg_text_of("not again"));
    return HG_E_FAILED;
}

hg_status naughty_entry(const hg_host *host, hg_registrar *registrar, const hg_block *config, hg_plugin *plugin) {
    static const char *const versions[] = {"1.0.0", "1.0.1", "1.0.2", "1.0.3"};
    static unsigned entries;
    unsigned entry = __atomic_fetch_add(&entries, 1, __ATOMIC_RELAXED);
    (void)config;
    hg_plugin_init(plugin, "naughty", versions[entry % 4], (void *)host);
    plugin->start = start_twice;
    plugin->health = be_unwell;
    plugin->stop = never_stop;
    hg_add_hook(host, registrar, "deny", 0, deny_undeclared);
    hg_add_hook(host, registrar, "reply", HG_MAY_MODIFY, reply_from_the_stack);
    hg_add_hook(host, registrar, "twice", HG_MAY_SUSPEND, complete_twice);
    hg_add_hook(host, registrar, "suspend", 0, suspend_undeclared);
    hg_add_hook(host, registrar, "stuck", HG_MAY_SUSPEND, never_end);
    hg_add_hook(host, registrar, "nonsense", 0, answer_nonsense);
    hg_add_hook(host, registrar, "turns", 0, take_turns);
    hg_add_hook(host, registrar, "Deny It", 0, deny_undeclared);
    return HG_OK;
}
