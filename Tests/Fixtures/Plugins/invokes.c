/* Invokes the hook that the payload names, with the payload that it gives, and shows the outcome as metadata.
 *
 * Without such a name it invokes its own hook again, one level deeper each time. */
#include "fixture.h"

static void done(void *context, const hg_block *outcome) {
    hg_call *call = context;
    call->host->metadata(call, hg_text_of("outcome"), outcome);
    call->host->complete(call, HG_OK);
}

static hg_status hook(void *self, hg_call *call) {
    hg_value root = hg_root(call->payload);
    hg_slice name = hg_text(hg_get_text(root, "hook"));
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    if (name.size == 0) {
        name = call->hook;
        hg_add_value(&builder, root);
    } else {
        hg_add_value(&builder, hg_get_text(root, "payload"));
    }
    hg_status status = call->host->invoke(call, name, hg_finish(&builder), done, call);
    if (status == HG_OK) return HG_PENDING;
    hg_metadata_text(call, "refused", status_name(status));
    return HG_OK;
}

PLUGIN("invokes", "ask", HG_MAY_SUSPEND | HG_MAY_BLOCK, hook)
