/* Succeeds in its entry, but registered something that is refused: what it has made is destroyed all the same. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

static void destroy(void *self) {
    if (self != NULL) control_note(self, "plugin", "destroy");
}

MANIFEST("destroys_itself_only_once")

ENTRY {
    hg_plugin_init(plugin, "destroys_itself_only_once", "1.0.0", control_in(config));
    plugin->destroy = destroy;
    hg_add_hook(host, registrar, "Bad Name", 0, hook);
    return HG_OK;
}
