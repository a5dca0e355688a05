#define _GNU_SOURCE
#include "filter.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#define LIST(rules) {rules, sizeof(rules) / sizeof(*(rules))}
#define PERMIT(name) {.call = SYS_##name, .verdict = ALLOW}
#define PERMIT_NEW(name) {.call = CALL_##name, .verdict = ALLOW}
#define WHERE(...) .conditions = {__VA_ARGS__}

static const rule memory[] = {
    PERMIT(brk), PERMIT(munmap), PERMIT(mremap), PERMIT(madvise), PERMIT(mincore),
    // Shared memory counts for no limit; what comes over the control descriptor has a size already.
    {.call = SYS_mmap, .verdict = TRAP, WHERE({HAS_ALL, 3, MAP_SHARED | MAP_ANONYMOUS})},
    {.call = SYS_mmap, .verdict = TRAP, WHERE({HAS_ANY, 2, PROT_EXEC}), .when = WITHOUT_JIT},
    {.call = SYS_mmap, .verdict = ALLOW, WHERE({HAS_NONE, 3, MAP_SHARED})},
    {.call = SYS_mmap, .verdict = ALLOW, .when = WITH_CONTROL},
    {.call = SYS_mprotect, .verdict = ALLOW, WHERE({HAS_NONE, 2, PROT_EXEC})},
    {.call = SYS_mprotect, .verdict = ALLOW, .when = WITH_JIT},
};

static const rule threads[] = {
    PERMIT(futex), PERMIT_NEW(futex_waitv), PERMIT_NEW(futex_wake), PERMIT_NEW(futex_wait), PERMIT_NEW(futex_requeue),
    {.call = SYS_clone, .verdict = ALLOW, WHERE({HAS_ALL, 0, CLONE_THREAD})},
    {.call = SYS_clone, .verdict = FORBID, WHERE({HAS_ANY, 0, CLONE_VFORK})},
    {.call = CALL_clone3, .verdict = ABSENT},
    PERMIT(set_robust_list), PERMIT(get_robust_list), PERMIT(rseq), PERMIT(membarrier), PERMIT(gettid), PERMIT(getpid),
    PERMIT(getppid), PERMIT(getuid), PERMIT(geteuid), PERMIT(getgid), PERMIT(getegid), PERMIT(exit), PERMIT(exit_group),
    PERMIT(sched_yield), PERMIT(sched_getaffinity), PERMIT(sched_getparam), PERMIT(sched_getscheduler),
    PERMIT(sched_get_priority_max), PERMIT(sched_get_priority_min), PERMIT(getcpu), PERMIT(getpriority),
    {.call = SYS_setpriority, .verdict = PRETEND},
    {.call = SYS_prctl, .verdict = ALLOW, WHERE({IS, 0, PR_SET_NAME})},
    {.call = SYS_prctl, .verdict = ALLOW, WHERE({IS, 0, PR_GET_NAME})},
    {.call = SYS_prctl, .verdict = ALLOW, WHERE({IS, 0, PR_SET_VMA})},
};

static const rule signals[] = {
    PERMIT(rt_sigprocmask), PERMIT(rt_sigreturn), PERMIT(rt_sigpending), PERMIT(rt_sigsuspend), PERMIT(rt_sigtimedwait),
    PERMIT(sigaltstack), PERMIT(restart_syscall),
    {.call = SYS_rt_sigaction, .verdict = ALLOW, WHERE({IS, 0, SIGSYS}, {IS_NULL, 1, 0})},
    {.call = SYS_rt_sigaction, .verdict = INVALID, WHERE({IS, 0, SIGSYS})},
    PERMIT(rt_sigaction),
    {.call = SYS_tgkill, .verdict = ALLOW, WHERE({IS_OWN_PROCESS, 0, 0})},
    {.call = SYS_kill, .verdict = ALLOW, WHERE({IS_OWN_PROCESS, 0, 0})},
};

static const rule clocks[] = {
    PERMIT(clock_gettime), PERMIT(clock_getres), PERMIT(clock_nanosleep), PERMIT(nanosleep), PERMIT(gettimeofday),
    PERMIT(times), PERMIT(getrusage), PERMIT(timerfd_create), PERMIT(timerfd_settime), PERMIT(timerfd_gettime),
#if defined(__x86_64__)
    PERMIT(time),
#endif
};

/* Descriptors that are open, and such as lead nowhere. */
static const rule descriptors[] = {
    PERMIT(read), PERMIT(readv), PERMIT(pread64), PERMIT(preadv), PERMIT(write), PERMIT(writev), PERMIT(pwrite64),
    PERMIT(pwritev), PERMIT(close), PERMIT_NEW(close_range), PERMIT(lseek), PERMIT(fstat), PERMIT(dup), PERMIT(dup3),
    PERMIT(pipe2), PERMIT(eventfd2), PERMIT(epoll_create1), PERMIT(epoll_ctl), PERMIT(epoll_pwait),
    PERMIT_NEW(epoll_pwait2), PERMIT(ppoll), PERMIT(pselect6),
#if defined(__x86_64__)
    PERMIT(dup2), PERMIT(pipe), PERMIT(poll), PERMIT(select), PERMIT(epoll_wait),
#endif
    {.call = SYS_recvmsg, .verdict = ALLOW, WHERE({IS_CONTROL, 0, 0}), .when = WITH_CONTROL},
    {.call = SYS_sendmsg, .verdict = ALLOW, WHERE({IS_CONTROL, 0, 0}), .when = WITH_CONTROL},
    {.call = SYS_fcntl, .verdict = ALLOW, WHERE({IS, 1, F_DUPFD})},
    {.call = SYS_fcntl, .verdict = ALLOW, WHERE({IS, 1, F_DUPFD_CLOEXEC})},
    {.call = SYS_fcntl, .verdict = ALLOW, WHERE({IS, 1, F_GETFD})},
    {.call = SYS_fcntl, .verdict = ALLOW, WHERE({IS, 1, F_SETFD})},
    {.call = SYS_fcntl, .verdict = ALLOW, WHERE({IS, 1, F_GETFL})},
    {.call = SYS_fcntl, .verdict = ALLOW, WHERE({IS, 1, F_SETFL})},
    {.call = SYS_ioctl, .verdict = ALLOW, WHERE({IS, 1, TCGETS})},
    {.call = SYS_ioctl, .verdict = ALLOW, WHERE({IS, 1, FIONREAD})},
    {.call = SYS_ioctl, .verdict = ALLOW, WHERE({IS, 1, FIONBIO})},
};

static const rule others[] = {
    PERMIT(getrandom), PERMIT(uname),
    {.call = CALL_PROOF, .verdict = PRETEND},
    {.call = SYS_prlimit64, .verdict = ALLOW, WHERE({IS_NULL, 2, 0})}, PERMIT(getrlimit),
};

int hookgate_sandbox_filter_strict(const hookgate_sandbox_rules *rules) {
    const rule_list lists[] = {LIST(memory), LIST(threads), LIST(signals), LIST(clocks), LIST(descriptors),
                               LIST(others)};
    int result = filter_install(lists, sizeof(lists) / sizeof(*lists), (rest){.known = TRAP, .unknown = ABSENT}, rules);
    if (result != 0) return result;
    // Code of the plugin may have had the kernel answer for the call that installs it.
    if (syscall(CALL_PROOF) != 0) return -EPROTO;
    sandbox_answer_strictly();
    return 0;
}
