/* Its entry fails, and says why in the log. */
#include "fixture.h"

MANIFEST("entry_fails")

ENTRY {
    hg_plugin_init(plugin, "entry_fails", "1.0.0", NULL);
    host->log(host, HG_LOG_INFO, hg_text_of("looking for the model"));
    host->log(host, HG_LOG_ERROR, hg_text_of("no model in /opt/models"));
    return HG_E_FAILED;
}
