#define _GNU_SOURCE
#include "filter.h"

#include <asm/ioctls.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>

#define LIST(rules) {rules, sizeof(rules) / sizeof(*(rules))}
#define REFUSE(name) {.call = SYS_##name, .verdict = TRAP}
#define REFUSE_NEW(name) {.call = CALL_##name, .verdict = TRAP}
#define WHERE(...) .conditions = {__VA_ARGS__}

#ifndef FIOSETOWN
#define FIOSETOWN 0x8901
#endif
#ifndef SIOCSPGRP
#define SIOCSPGRP 0x8902
#endif

static const rule network[] = {
    REFUSE(socket), REFUSE(socketpair), REFUSE(connect), REFUSE(bind), REFUSE(listen), REFUSE(accept), REFUSE(accept4),
};

static const rule processes[] = {
    // Threads are wanted. The flags of clone3 are in memory, where no filter sees them; the C library falls back.
    {.call = SYS_clone, .verdict = ALLOW, WHERE({HAS_ALL, 0, CLONE_THREAD})},
    // posix_spawn blocks all signals while it makes a process.
    {.call = SYS_clone, .verdict = FORBID, WHERE({HAS_ANY, 0, CLONE_VFORK})},
    REFUSE(clone),
    {.call = CALL_clone3, .verdict = ABSENT},
#if defined(__x86_64__)
    REFUSE(fork), REFUSE(vfork),
#endif
    REFUSE(execve), REFUSE(execveat), REFUSE(ptrace), REFUSE(process_vm_readv), REFUSE(process_vm_writev), REFUSE(kcmp),
    REFUSE_NEW(pidfd_open), REFUSE_NEW(pidfd_getfd), REFUSE_NEW(pidfd_send_signal), REFUSE_NEW(process_madvise),
    REFUSE_NEW(process_mrelease), REFUSE(move_pages), REFUSE(migrate_pages), REFUSE(setpgid), REFUSE(setsid),
    // abort and raise are allowed, signals to others are not.
    {.call = SYS_kill, .verdict = ALLOW, WHERE({IS_OWN_PROCESS, 0, 0})},
    REFUSE(kill),
    {.call = SYS_tgkill, .verdict = ALLOW, WHERE({IS_OWN_PROCESS, 0, 0})},
    REFUSE(tgkill),
    {.call = SYS_rt_sigqueueinfo, .verdict = ALLOW, WHERE({IS_OWN_PROCESS, 0, 0})},
    REFUSE(rt_sigqueueinfo),
    {.call = SYS_rt_tgsigqueueinfo, .verdict = ALLOW, WHERE({IS_OWN_PROCESS, 0, 0})},
    REFUSE(rt_tgsigqueueinfo),
    REFUSE(tkill),
    // The handler of refused calls stays.
    {.call = SYS_rt_sigaction, .verdict = ALLOW, WHERE({IS, 0, SIGSYS}, {IS_NULL, 1, 0})},
    {.call = SYS_rt_sigaction, .verdict = INVALID, WHERE({IS, 0, SIGSYS})},
    // A descriptor can be told whom to signal.
    {.call = SYS_fcntl, .verdict = TRAP, WHERE({IS, 1, F_SETOWN})},
    {.call = SYS_fcntl, .verdict = TRAP, WHERE({IS, 1, F_SETOWN_EX})},
    {.call = SYS_fcntl, .verdict = TRAP, WHERE({IS, 1, F_SETSIG})},
    {.call = SYS_ioctl, .verdict = TRAP, WHERE({IS, 1, FIOSETOWN})},
    {.call = SYS_ioctl, .verdict = TRAP, WHERE({IS, 1, SIOCSPGRP})},
    // Types into the terminal that the gateway runs in.
    {.call = SYS_ioctl, .verdict = TRAP, WHERE({IS, 1, TIOCSTI})},
    {.call = SYS_ioctl, .verdict = TRAP, WHERE({IS, 1, TIOCLINUX})},
};

static const rule resources[] = {
    {.call = SYS_prlimit64, .verdict = ALLOW, WHERE({IS_NULL, 2, 0})},
    REFUSE(prlimit64), REFUSE(setrlimit),
    // Dispatch sets priorities, and complains to the system's log over a socket when it must not.
    {.call = SYS_setpriority, .verdict = PRETEND}, REFUSE(ioprio_set),
    {.call = SYS_sched_setaffinity, .verdict = ALLOW, WHERE({IS, 0, 0})}, REFUSE(sched_setaffinity),
    {.call = SYS_sched_setscheduler, .verdict = ALLOW, WHERE({IS, 0, 0})}, REFUSE(sched_setscheduler),
    {.call = SYS_sched_setparam, .verdict = ALLOW, WHERE({IS, 0, 0})}, REFUSE(sched_setparam),
    {.call = SYS_sched_setattr, .verdict = ALLOW, WHERE({IS, 0, 0})}, REFUSE(sched_setattr),
    // What counts for no limit of data because it grows as a stack does, and what could be written at a second place
    // that it is mapped to.
    {.call = SYS_mmap, .verdict = TRAP, WHERE({HAS_ALL, 3, MAP_GROWSDOWN})},
    {.call = SYS_mmap, .verdict = TRAP, WHERE({HAS_ANY, 2, PROT_EXEC}, {HAS_ANY, 3, MAP_SHARED}), .when = WITHOUT_JIT},
    // Memory that no limit of a process counts, or that outlives it.
    REFUSE(memfd_create), REFUSE_NEW(memfd_secret), REFUSE(shmget), REFUSE(shmat), REFUSE(shmctl), REFUSE(semget),
    REFUSE(semop), REFUSE(semtimedop), REFUSE(semctl), REFUSE(msgget), REFUSE(msgsnd), REFUSE(msgrcv), REFUSE(msgctl),
    REFUSE(mq_open), REFUSE(mq_unlink),
};

static const rule rights[] = {
    REFUSE(setuid), REFUSE(setgid), REFUSE(setreuid), REFUSE(setregid), REFUSE(setresuid), REFUSE(setresgid),
    REFUSE(setfsuid), REFUSE(setfsgid), REFUSE(setgroups), REFUSE(capset), REFUSE(add_key), REFUSE(request_key),
    REFUSE(keyctl),
    {.call = SYS_personality, .verdict = ALLOW, WHERE({IS, 0, 0xffffffff})}, REFUSE(personality),
    {.call = SYS_seccomp, .verdict = ALLOW, WHERE({IS, 0, SECCOMP_SET_MODE_FILTER}, {IS, 1, SECCOMP_FILTER_FLAG_TSYNC}),
     .when = BEFORE_STRICT},
    REFUSE(seccomp),
    {.call = CALL_landlock_create_ruleset, .verdict = ALLOW, .when = BEFORE_STRICT},
    {.call = CALL_landlock_restrict_self, .verdict = ALLOW, .when = BEFORE_STRICT},
    REFUSE_NEW(landlock_create_ruleset), REFUSE_NEW(landlock_add_rule), REFUSE_NEW(landlock_restrict_self),
    REFUSE_NEW(lsm_set_self_attr),
#define ALLOW_OPTION(option) {.call = SYS_prctl, .verdict = ALLOW, WHERE({IS, 0, option})}
    ALLOW_OPTION(PR_SET_NAME), ALLOW_OPTION(PR_GET_NAME), ALLOW_OPTION(PR_GET_DUMPABLE), ALLOW_OPTION(PR_GET_SECCOMP),
    ALLOW_OPTION(PR_GET_NO_NEW_PRIVS), ALLOW_OPTION(PR_GET_PDEATHSIG), ALLOW_OPTION(PR_CAPBSET_READ),
    ALLOW_OPTION(PR_SET_TIMERSLACK), ALLOW_OPTION(PR_GET_TIMERSLACK), ALLOW_OPTION(PR_SET_VMA),
    REFUSE(prctl),
#if defined(__x86_64__)
    REFUSE(iopl), REFUSE(ioperm), REFUSE(modify_ldt),
#endif
};

/* Rules for files say what may be read; modes, owners and attributes they do not cover. */
static const rule changes_of_files[] = {
    {.call = SYS_openat, .verdict = TRAP, .when = WITH_FILES},
#if defined(__x86_64__)
    {.call = SYS_open, .verdict = TRAP, .when = WITH_FILES},
    REFUSE(creat), REFUSE(mkdir), REFUSE(rmdir), REFUSE(rename), REFUSE(link), REFUSE(unlink), REFUSE(symlink),
    REFUSE(mknod), REFUSE(chmod), REFUSE(chown), REFUSE(lchown), REFUSE(utime), REFUSE(utimes), REFUSE(futimesat),
    REFUSE(inotify_init),
#endif
    REFUSE(mkdirat), REFUSE(renameat), REFUSE(renameat2), REFUSE(linkat), REFUSE(unlinkat), REFUSE(symlinkat),
    REFUSE(mknodat), REFUSE(fchmod), REFUSE(fchmodat), REFUSE_NEW(fchmodat2), REFUSE(fchown), REFUSE(fchownat),
    REFUSE(utimensat), REFUSE(truncate), REFUSE(setxattr), REFUSE(lsetxattr), REFUSE(fsetxattr), REFUSE(removexattr),
    REFUSE(lremovexattr), REFUSE(fremovexattr), REFUSE(open_by_handle_at), REFUSE(name_to_handle_at),
    // Names of files that others make would be told.
    REFUSE(inotify_init1), REFUSE(inotify_add_watch),
    // Others who write the file would have to wait for the holder of a lease.
    {.call = SYS_fcntl, .verdict = TRAP, WHERE({IS, 1, F_SETLEASE})},
};

static const rule kernel[] = {
    REFUSE(mount), REFUSE(umount2), REFUSE(pivot_root), REFUSE(chroot), REFUSE(unshare), REFUSE(setns),
    REFUSE_NEW(fsopen), REFUSE_NEW(fsconfig), REFUSE_NEW(fsmount), REFUSE_NEW(fspick), REFUSE_NEW(move_mount),
    REFUSE_NEW(open_tree), REFUSE_NEW(mount_setattr), REFUSE_NEW(statmount), REFUSE_NEW(listmount), REFUSE(swapon),
    REFUSE(swapoff), REFUSE(reboot), REFUSE(sethostname), REFUSE(setdomainname), REFUSE(init_module),
    REFUSE(finit_module), REFUSE(delete_module), REFUSE(kexec_load), REFUSE(kexec_file_load), REFUSE(bpf),
    REFUSE(perf_event_open), REFUSE(userfaultfd), REFUSE(quotactl), REFUSE_NEW(quotactl_fd), REFUSE(acct),
    REFUSE(vhangup), REFUSE(syslog), REFUSE(settimeofday), REFUSE(adjtimex), REFUSE(clock_settime),
    REFUSE(clock_adjtime), REFUSE(fanotify_init), REFUSE(fanotify_mark), REFUSE(io_setup), REFUSE(io_submit),
    REFUSE_NEW(io_uring_setup), REFUSE_NEW(io_uring_enter), REFUSE_NEW(io_uring_register), REFUSE(lookup_dcookie),
    REFUSE(nfsservctl), REFUSE(remap_file_pages),
#if defined(__x86_64__)
    REFUSE(uselib),
#endif
};

int hookgate_sandbox_filter_default(const hookgate_sandbox_rules *rules) {
    const rule_list lists[] = {LIST(network), LIST(processes), LIST(resources), LIST(rights), LIST(changes_of_files),
                               LIST(kernel)};
    return filter_install(lists, sizeof(lists) / sizeof(*lists), (rest){.known = ALLOW, .unknown = ABSENT}, rules);
}
