#include "CPluginFixtures.h"

static hg_status complete_recipient(void *self, hg_call *call) {
    (void)self;
    hg_slice recipient = hg_text(hg_get_text(hg_root(call->payload), "recipient"));
    if (recipient.size == 0) {
        call->host->fail(call, hg_text_of("recipient: missing"));
        return HG_E_FAILED;
    }
    if (memchr(recipient.data, '@', recipient.size) != NULL) return HG_OK;

    static const char domain[] = "@example.com";
    size_t size = recipient.size + sizeof(domain) - 1;
    uint8_t *fixed = call->host->alloc(call, size);
    if (fixed == NULL) return HG_E_MEMORY;
    memcpy(fixed, recipient.data, recipient.size);
    memcpy(fixed + recipient.size, domain, sizeof(domain) - 1);
    hg_status status = hg_reply_text(call, "recipient", hg_slice_of(fixed, size));
    return status == HG_OK ? hg_metadata_bool(call, "fixed_email", 1) : status;
}

static void run_later(void *context) {
    hg_call *call = context;
    hg_status status = complete_recipient(NULL, call);
    call->host->complete(call, status);
}

static hg_status complete_later(void *self, hg_call *call) {
    (void)self;
    hg_status status = call->host->submit(call, run_later, call);
    return status == HG_OK ? HG_PENDING : status;
}

hg_status email_guard_entry(const hg_host *host, hg_registrar *registrar, const hg_block *config, hg_plugin *plugin) {
    hg_value root = hg_root(config);
    for (uint32_t i = 0; i < hg_count(root); i++) {
        char pointer[136] = "/";
        hg_slice key = hg_key_at(root, i);
        size_t size = key.size < sizeof(pointer) - 2 ? key.size : sizeof(pointer) - 2;
        memcpy(pointer + 1, key.data, size);
        host->config_problem(registrar, HG_PROBLEM_WARNING, hg_slice_of(pointer, size + 1),
                             hg_text_of("unknown key; there are none"));
    }
    hg_plugin_init(plugin, "email_guard_c", "1.0.0", NULL);
    hg_status status = hg_add_hook(host, registrar, "email_pre_send", HG_MAY_MODIFY, complete_recipient);
    if (status != HG_OK) return status;
    return hg_add_hook(host, registrar, "email_later", HG_MAY_MODIFY | HG_MAY_SUSPEND, complete_later);
}
