/* A guard for outgoing mail in C: the function that does the work is the hook. */
#include <hookgate/hookgate.h>

#include <string.h>

HG_MANIFEST(
    "{\"manifest\": 1, \"name\": \"email_guard_c\", \"version\": \"1.0.0\", \"author\": \"Hookgate\","
    " \"description\": \"Completes recipients without a domain\", \"tags\": [\"email\"],"
    " \"hooks\": [\"email_pre_send\"]}")

/* The result is borrowed, and copied before this thread comes here again: one buffer for each thread is enough. */
static const char *complete_recipient(hg_call *call, const char *recipient, size_t length) {
    static _Thread_local char completed[512];
    static const char domain[] = "@example.com";
    if (memchr(recipient, '@', length) != NULL || length + sizeof domain > sizeof completed) return NULL;
    memcpy(completed, recipient, length);
    memcpy(completed + length, domain, sizeof domain);
    hg_metadata_bool(call, "fixed_email", 1);
    return completed;
}

HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                       hg_plugin *plugin) {
    (void)config;
    hg_plugin_init(plugin, "email_guard_c", "1.0.0", NULL);
    return hg_add_function(host, registrar, "email_pre_send", "replace recipient(call, str recipient)", 0,
                           (void (*)(void))complete_recipient);
}
