/* Its hooks are plain C functions. */
#include "fixture.h"

#include <stdbool.h>
#include <stdio.h>

static const char *check(hg_call *call, const char *recipient, size_t length, int64_t size, double ratio, bool urgent,
                         const char *subject) {
    static _Thread_local char text[256];
    hg_metadata_bool(call, "urgent", urgent);
    if (size <= 100) return NULL;
    snprintf(text, sizeof(text), "TOO_LARGE: %.*s: %s (%lld, %.2f)", (int)length, recipient, subject, (long long)size,
             ratio);
    return text;
}

MANIFEST("typed_functions", "\"email_pre_send\"")

ENTRY {
    hg_plugin_init(plugin, "typed_functions", "1.0.0", NULL);
    return hg_add_function(host, registrar, "email_pre_send",
                           "deny(call, str mail.recipient, i64 size, f64 ratio, bool urgent, cstr subject)",
                           HG_MAY_BLOCK, (void (*)(void))check);
}
