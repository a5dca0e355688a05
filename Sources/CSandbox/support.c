#define _GNU_SOURCE
#include "CSandbox.h"
#include "machine.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

static bool has_seccomp(void) {
    uint32_t action = SECCOMP_RET_TRAP;
    if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) != 0) return false;
    // Where a filter can be set, the kernel looks for it, and here at an address that has none.
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, NULL) < 0 && errno == EFAULT;
}

void hookgate_sandbox_support(hookgate_sandbox_parts *parts) {
    long landlock = syscall(CALL_landlock_create_ruleset, NULL, 0, 1);
    // A range without descriptors.
    bool has_close_range = syscall(CALL_close_range, ~0U, ~0U, 0) == 0;
    *parts = (hookgate_sandbox_parts){
        .architecture = MACHINE != 0,
        .seccomp = MACHINE != 0 && has_seccomp(),
        .close_range = has_close_range,
        .deny_write_execute = prctl(PR_GET_MDWE, 0, 0, 0, 0) >= 0,
        .landlock = landlock < 0 ? 0 : (int)landlock,
    };
}
