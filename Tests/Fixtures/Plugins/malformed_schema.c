/* The schema of its hook is no JSON. */
#include "fixture.h"

MANIFEST("malformed_schema")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    hg_hook registration = {sizeof(hg_hook), 0, hg_text_of("email_pre_send"), hg_text_of("{\"type\""), hook, NULL};
    hg_plugin_init(plugin, "malformed_schema", "1.0.0", NULL);
    return host->add_hook(registrar, &registration);
}
