/* Registers a hook by a structure that ends too early. */
#include "fixture.h"

MANIFEST("short_registration")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    hg_hook registration = {16, 0, hg_text_of("tool_pre_invoke"), hg_text_of(""), hook, NULL};
    hg_plugin_init(plugin, "short_registration", "1.0.0", NULL);
    return host->add_hook(registrar, &registration);
}
