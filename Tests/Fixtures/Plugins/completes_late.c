/* Goes on in a thread of its own until its test opens the gate, and nobody waits for it any more; replies and completes
 * then. */
#include "fixture.h"
#include "thread.h"

#include <unistd.h>

static void *work(void *argument) {
    hg_call *call = argument;
    control *control = call->user;
    const hg_block *value;
    control_wait(&control->gate, 1, 60000);
    while (!call->host->cancelled(call)) usleep(1000);
    control_note(control, "reply", status_name(hg_reply_text(call, "name", hg_text_of("too late"))));
    control_note(control, "metadata", status_name(hg_metadata_bool(call, "late", 1)));
    control_note(control, "deny", status_name(hg_deny(call, "LATE", "late", "too late")));
    control_note(control, "state_set",
                 status_name(call->host->state_set(call, HG_GLOBAL_STATE, hg_text_of("late"), call->payload)));
    control_note(control, "state_get",
                 status_name(call->host->state_get(call, HG_GLOBAL_STATE, hg_text_of("late"), &value)));
    control_note(control, "fail", status_name(call->host->fail(call, hg_text_of("late"))));
    control_note(control, "alloc", call->host->alloc(call, 4096) != NULL ? "HG_OK" : "null");
    call->host->complete(call, HG_OK);
    control_leave(control);
    return NULL;
}

static hg_status hook(void *self, hg_call *call) {
    control_enter(self);
    call->user = self;
    run_on_own_thread(work, call);
    return HG_PENDING;
}

PLUGIN("completes_late", "tool_pre_invoke", HG_MAY_SUSPEND | HG_MAY_MODIFY | HG_MAY_DENY | HG_MAY_BLOCK, hook)
