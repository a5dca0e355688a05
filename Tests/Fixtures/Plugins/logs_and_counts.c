/* Writes to the log at every level, and counts. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    const hg_host *host = call->host;
    host->log(host, HG_LOG_DEBUG, hg_text_of("a detail"));
    host->log(host, HG_LOG_INFO, hg_text_of("a fact"));
    host->log(host, HG_LOG_WARNING, hg_text_of("a doubt"));
    host->log(host, HG_LOG_ERROR, hg_text_of("a failure"));
    host->log(host, 99, hg_text_of("an unknown level"));
    host->log(host, HG_LOG_INFO, hg_text_of("caf\xe9"));
    host->count(host, hg_text_of("words.seen"), 3);
    host->count(host, hg_text_of("words.seen"), -1);
    return HG_OK;
}

PLUGIN("logs_and_counts", "tool_pre_invoke", HG_MAY_BLOCK, hook)
