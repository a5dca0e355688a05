/* Its payload of a standard hook has other fields than the standard one. */
#include "fixture.h"

MANIFEST("schema_disagrees", "\"tool_pre_invoke\"")

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

ENTRY {
    static const char schema[] = "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"integer\"}}}";
    hg_hook registration = {sizeof(hg_hook), 0, hg_text_of("tool_pre_invoke"), hg_text_of(schema), hook, NULL};
    hg_plugin_init(plugin, "schema_disagrees", "1.0.0", NULL);
    return host->add_hook(registrar, &registration);
}
