/* What differs between architectures, and system calls that are younger than some headers. */
#ifndef HOOKGATE_SANDBOX_MACHINE_H
#define HOOKGATE_SANDBOX_MACHINE_H

#include <linux/audit.h>
#include <linux/prctl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <ucontext.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#define MACHINE_LARGE_FILE 0100000
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#define MACHINE_LARGE_FILE 0400000
#else
#define MACHINE 0
#define MACHINE_LARGE_FILE 0
#endif

/* The argument of an interrupted system call, and the place of its result. */
static inline uint64_t machine_argument(const ucontext_t *context, int index) {
#if defined(__x86_64__)
    static const int registers[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
    return (uint64_t)context->uc_mcontext.gregs[registers[index]];
#elif defined(__aarch64__)
    return context->uc_mcontext.regs[index];
#else
    (void)context, (void)index;
    return 0;
#endif
}

static inline void machine_set_result(ucontext_t *context, int64_t result) {
#if defined(__x86_64__)
    context->uc_mcontext.gregs[REG_RAX] = result;
#elif defined(__aarch64__)
    context->uc_mcontext.regs[0] = (uint64_t)result;
#else
    (void)context, (void)result;
#endif
}

/* From 424 on, numbers are the same on all architectures. */
enum {
    CALL_pidfd_send_signal = 424,
    CALL_io_uring_setup = 425,
    CALL_io_uring_enter = 426,
    CALL_io_uring_register = 427,
    CALL_open_tree = 428,
    CALL_move_mount = 429,
    CALL_fsopen = 430,
    CALL_fsconfig = 431,
    CALL_fsmount = 432,
    CALL_fspick = 433,
    CALL_pidfd_open = 434,
    CALL_clone3 = 435,
    CALL_close_range = 436,
    CALL_openat2 = 437,
    CALL_pidfd_getfd = 438,
    CALL_faccessat2 = 439,
    CALL_process_madvise = 440,
    CALL_epoll_pwait2 = 441,
    CALL_mount_setattr = 442,
    CALL_quotactl_fd = 443,
    CALL_landlock_create_ruleset = 444,
    CALL_landlock_add_rule = 445,
    CALL_landlock_restrict_self = 446,
    CALL_memfd_secret = 447,
    CALL_process_mrelease = 448,
    CALL_futex_waitv = 449,
    CALL_set_mempolicy_home_node = 450,
    CALL_cachestat = 451,
    CALL_fchmodat2 = 452,
    CALL_map_shadow_stack = 453,
    CALL_futex_wake = 454,
    CALL_futex_wait = 455,
    CALL_futex_requeue = 456,
    CALL_statmount = 457,
    CALL_listmount = 458,
    CALL_lsm_get_self_attr = 459,
    CALL_lsm_set_self_attr = 460,
    CALL_lsm_list_modules = 461,
    CALL_mseal = 462,
    /* The filters were written with the calls up to this one in mind. */
    CALL_NEWEST = CALL_mseal,
    /* No calls of any kernel. For the first one the filters end the process; the second one succeeds where the strict
     * filter is in force. */
    CALL_END = 0x3fffffff,
    CALL_PROOF = 0x3ffffffe
};

/* What a trapped call is signalled with. */
#ifndef SYS_SECCOMP
#define SYS_SECCOMP 1
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#endif
#ifndef PR_MDWE_REFUSE_EXEC_GAIN
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

#endif
