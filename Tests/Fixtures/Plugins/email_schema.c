/* A custom hook whose payload has a recipient that is a text. */
#include "fixture.h"

MANIFEST("email_schema", "\"email_pre_send\"")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    static const char schema[] = "{\"type\": \"object\", \"properties\": {\"recipient\": {\"type\": \"string\"}}}";
    hg_hook registration = {sizeof(hg_hook), 0, hg_text_of("email_pre_send"), hg_text_of(schema), hook, NULL};
    hg_plugin_init(plugin, "email_schema", "1.0.0", NULL);
    return host->add_hook(registrar, &registration);
}
