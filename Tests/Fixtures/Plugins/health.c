/* Says how it is: `sick` of its configuration is why it is not well. With a control it counts how often it is asked,
 * and answers when its test opens the gate. */
#include "fixture.h"

#include <stdlib.h>

struct health {
    const hg_host *host;
    control *control;
    char sick[64];
};

/* Only with a control, which counts it as left. */
static void stop(void *self, hg_completion *completion) {
    struct health *plugin = self;
    control_add(&plugin->control->left, 1);
    plugin->host->completed(completion, HG_OK, hg_text_of(""));
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

static void health(void *self, hg_completion *completion) {
    struct health *plugin = self;
    if (plugin->control != NULL) {
        control_add(&plugin->control->entered, 1);
        control_wait(&plugin->control->gate, 1, 60000);
    }
    plugin->host->completed(completion, *plugin->sick == '\0' ? HG_OK : HG_E_FAILED, hg_text_of(plugin->sick));
}

MANIFEST("health", "\"tool_pre_invoke\"")

ENTRY {
    struct health *self = calloc(1, sizeof(*self));
    self->host = host;
    self->control = control_in(config);
    strncpy(self->sick, text_in(config, "sick"), sizeof(self->sick) - 1);
    hg_plugin_init(plugin, "health", "1.0.0", self);
    plugin->health = health;
    if (self->control != NULL) plugin->stop = stop;
    plugin->destroy = free;
    return hg_add_hook(host, registrar, "tool_pre_invoke", 0, hook);
}
