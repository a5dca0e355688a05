/* Shows its configuration, of which its manifest has defaults; it is found by an alias too. */
#include "fixture.h"

#include <stdlib.h>

HG_MANIFEST(
    "{\"manifest\": 1, \"name\": \"defaults\", \"version\": \"1.0.0\", \"author\": \"Ada\","
    " \"description\": \"Shows its configuration\", \"tags\": [\"one\", \"two\"],"
    " \"hooks\": [\"tool_pre_invoke\"], \"aliases\": [\"plugins.defaults.Defaults\"],"
    " \"default_config\": {\"size\": 1, \"mode\": \"fast\"}}")

static hg_status hook(void *self, hg_call *call) { return call->host->metadata(call, hg_text_of("config"), self); }

ENTRY {
    hg_block *copy = malloc(config->size);
    memcpy(copy, config, config->size);
    hg_plugin_init(plugin, "defaults", "1.0.0", copy);
    plugin->destroy = free;
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
