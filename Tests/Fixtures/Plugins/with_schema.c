/* Its manifest says what its configuration has to be; its code would end the process that runs it with another. */
#include "fixture.h"

#include <stdlib.h>

HG_MANIFEST(
    "{\"manifest\": 1, \"name\": \"with_schema\", \"version\": \"1.0.0\", \"hooks\": [\"tool_pre_invoke\"],"
    " \"default_config\": {\"size\": 1},"
    " \"config_schema\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\":"
    " {\"size\": {\"type\": \"integer\", \"minimum\": 1}, \"words\": {\"type\": \"array\","
    " \"items\": {\"type\": \"string\"}}}}}")

static hg_status hook(void *self, hg_call *call) {
    (void)self;
    (void)call;
    return HG_OK;
}

ENTRY {
    (void)config;
    if (getenv("HOOKGATE_TEST_ABORT")) abort();
    hg_plugin_init(plugin, "with_schema", "1.0.0", NULL);
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
