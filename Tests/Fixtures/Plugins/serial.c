/* Bears one call at a time; each waits until its test opens the gate further. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    control *control = self;
    control_enter(control);
    control_wait(&control->gate, control_read(&control->entered), 60000);
    control_leave(control);
    return HG_OK;
}

MANIFEST("serial", "\"tool_pre_invoke\"")

ENTRY {
    hg_plugin_init(plugin, "serial", "1.0.0", control_in(config));
    plugin->flags = HG_PLUGIN_SERIAL;
    return hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_BLOCK, hook);
}
