/* Ends its process as the argument `act` of a prompt asks for, or waits until the test opens the gate. */
#include "fixture.h"
#include "thread.h"

#include <unistd.h>

static volatile int sink;

__attribute__((noinline)) static int recurse(volatile char *above) {
    if (above == NULL) return 0; /* never, but the compiler does not know */
    volatile char here[4096];
    here[0] = above[0];
    return recurse(here) + here[0];
}

static void *crash_in_thread(void *unused) {
    *(volatile int *)8 = 1;
    return NULL;
}

static hg_status hook(void *self, hg_call *call) {
    hg_slice act = hg_text(hg_get_text(hg_get_text(hg_root(call->payload), "args"), "act"));
    if (hg_slice_equal(act, hg_text_of("segfault"))) *(volatile int *)8 = 1;
    if (hg_slice_equal(act, hg_text_of("abort"))) abort();
    if (hg_slice_equal(act, hg_text_of("trap"))) __builtin_trap();
    if (hg_slice_equal(act, hg_text_of("overflow"))) {
        char start = 0;
        sink = recurse(&start);
    }
    if (hg_slice_equal(act, hg_text_of("exit"))) _exit(0);
    if (hg_slice_equal(act, hg_text_of("spin"))) {
        while (control_read(&((control *)self)->gate) == 0) sink++;
    }
    if (hg_slice_equal(act, hg_text_of("wait")) || hg_slice_equal(act, hg_text_of("thread"))) {
        if (act.size == 6) run_on_own_thread(crash_in_thread, NULL);
        control_enter(self);
        control_wait(&((control *)self)->gate, 1, 60000);
        control_leave(self);
    }
    return HG_OK;
}

PLUGIN("crashes", "prompt_pre_fetch", HG_MAY_BLOCK, hook)
