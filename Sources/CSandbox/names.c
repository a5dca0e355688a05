#define _GNU_SOURCE
#include "CSandbox.h"
#include "machine.h"

#define OLD(name) [SYS_##name] = #name,
#define NEW(name) [CALL_##name] = #name,

static const char *const names[] = {
    OLD(accept) OLD(accept4) OLD(acct) OLD(add_key) OLD(adjtimex) OLD(bind) OLD(bpf) OLD(brk) OLD(capget) OLD(capset)
    OLD(chdir) OLD(chroot) OLD(clock_adjtime) OLD(clock_getres) OLD(clock_gettime) OLD(clock_nanosleep)
    OLD(clock_settime) OLD(clone) OLD(close) OLD(connect) OLD(copy_file_range) OLD(delete_module) OLD(dup) OLD(dup3)
    OLD(epoll_create1) OLD(epoll_ctl) OLD(epoll_pwait) OLD(eventfd2) OLD(execve) OLD(execveat) OLD(exit) OLD(exit_group)
    OLD(faccessat) OLD(fadvise64) OLD(fallocate) OLD(fanotify_init) OLD(fanotify_mark) OLD(fchdir) OLD(fchmod)
    OLD(fchmodat) OLD(fchown) OLD(fchownat) OLD(fcntl) OLD(fdatasync) OLD(fgetxattr) OLD(finit_module) OLD(flistxattr)
    OLD(flock) OLD(fremovexattr) OLD(fsetxattr) OLD(fstat) OLD(fstatfs) OLD(fsync) OLD(ftruncate) OLD(futex)
    OLD(get_mempolicy) OLD(get_robust_list) OLD(getcpu) OLD(getcwd) OLD(getdents64) OLD(getegid) OLD(geteuid)
    OLD(getgid) OLD(getgroups) OLD(getitimer) OLD(getpeername) OLD(getpgid) OLD(getpid) OLD(getppid) OLD(getpriority)
    OLD(getrandom) OLD(getresgid) OLD(getresuid) OLD(getrlimit) OLD(getrusage) OLD(getsid) OLD(getsockname)
    OLD(getsockopt) OLD(gettid) OLD(gettimeofday) OLD(getuid) OLD(getxattr) OLD(init_module) OLD(inotify_add_watch)
    OLD(inotify_init1) OLD(inotify_rm_watch) OLD(io_cancel) OLD(io_destroy) OLD(io_getevents) OLD(io_pgetevents)
    OLD(io_setup) OLD(io_submit) OLD(ioctl) OLD(ioprio_get) OLD(ioprio_set) OLD(kcmp) OLD(kexec_file_load)
    OLD(kexec_load) OLD(keyctl) OLD(kill) OLD(lgetxattr) OLD(linkat) OLD(listen) OLD(listxattr) OLD(llistxattr)
    OLD(lookup_dcookie) OLD(lremovexattr) OLD(lseek) OLD(lsetxattr) OLD(madvise) OLD(mbind) OLD(membarrier)
    OLD(memfd_create) OLD(migrate_pages) OLD(mincore) OLD(mkdirat) OLD(mknodat) OLD(mlock) OLD(mlock2) OLD(mlockall)
    OLD(mmap) OLD(mount) OLD(move_pages) OLD(mprotect) OLD(mq_getsetattr) OLD(mq_notify) OLD(mq_open)
    OLD(mq_timedreceive) OLD(mq_timedsend) OLD(mq_unlink) OLD(mremap) OLD(msgctl) OLD(msgget) OLD(msgrcv) OLD(msgsnd)
    OLD(msync) OLD(munlock) OLD(munlockall) OLD(munmap) OLD(name_to_handle_at) OLD(nanosleep) OLD(newfstatat)
    OLD(nfsservctl) OLD(open_by_handle_at) OLD(openat) OLD(perf_event_open) OLD(personality) OLD(pipe2) OLD(pivot_root)
    OLD(pkey_alloc) OLD(pkey_free) OLD(pkey_mprotect) OLD(ppoll) OLD(prctl) OLD(pread64) OLD(preadv) OLD(preadv2)
    OLD(prlimit64) OLD(process_vm_readv) OLD(process_vm_writev) OLD(pselect6) OLD(ptrace) OLD(pwrite64) OLD(pwritev)
    OLD(pwritev2) OLD(quotactl) OLD(read) OLD(readahead) OLD(readlinkat) OLD(readv) OLD(reboot) OLD(recvfrom)
    OLD(recvmmsg) OLD(recvmsg) OLD(remap_file_pages) OLD(removexattr) OLD(renameat) OLD(renameat2) OLD(request_key)
    OLD(restart_syscall) OLD(rseq) OLD(rt_sigaction) OLD(rt_sigpending) OLD(rt_sigprocmask) OLD(rt_sigqueueinfo)
    OLD(rt_sigreturn) OLD(rt_sigsuspend) OLD(rt_sigtimedwait) OLD(rt_tgsigqueueinfo) OLD(sched_get_priority_max)
    OLD(sched_get_priority_min) OLD(sched_getaffinity) OLD(sched_getattr) OLD(sched_getparam) OLD(sched_getscheduler)
    OLD(sched_rr_get_interval) OLD(sched_setaffinity) OLD(sched_setattr) OLD(sched_setparam) OLD(sched_setscheduler)
    OLD(sched_yield) OLD(seccomp) OLD(semctl) OLD(semget) OLD(semop) OLD(semtimedop) OLD(sendfile) OLD(sendmmsg)
    OLD(sendmsg) OLD(sendto) OLD(set_mempolicy) OLD(set_robust_list) OLD(set_tid_address) OLD(setdomainname)
    OLD(setfsgid) OLD(setfsuid) OLD(setgid) OLD(setgroups) OLD(sethostname) OLD(setitimer) OLD(setns) OLD(setpgid)
    OLD(setpriority) OLD(setregid) OLD(setresgid) OLD(setresuid) OLD(setreuid) OLD(setrlimit) OLD(setsid)
    OLD(setsockopt) OLD(settimeofday) OLD(setuid) OLD(setxattr) OLD(shmat) OLD(shmctl) OLD(shmdt) OLD(shmget)
    OLD(shutdown) OLD(sigaltstack) OLD(signalfd4) OLD(socket) OLD(socketpair) OLD(splice) OLD(statfs) OLD(statx)
    OLD(swapoff) OLD(swapon) OLD(symlinkat) OLD(sync) OLD(sync_file_range) OLD(syncfs) OLD(sysinfo) OLD(syslog) OLD(tee)
    OLD(tgkill) OLD(timer_create) OLD(timer_delete) OLD(timer_getoverrun) OLD(timer_gettime) OLD(timer_settime)
    OLD(timerfd_create) OLD(timerfd_gettime) OLD(timerfd_settime) OLD(times) OLD(tkill) OLD(truncate) OLD(umask)
    OLD(umount2) OLD(uname) OLD(unlinkat) OLD(unshare) OLD(userfaultfd) OLD(utimensat) OLD(vhangup) OLD(vmsplice)
    OLD(wait4) OLD(waitid) OLD(write) OLD(writev)
#if defined(__x86_64__)
    OLD(access) OLD(alarm) OLD(arch_prctl) OLD(chmod) OLD(chown) OLD(creat) OLD(dup2) OLD(epoll_create) OLD(epoll_wait)
    OLD(eventfd) OLD(fork) OLD(futimesat) OLD(get_thread_area) OLD(getdents) OLD(getpgrp) OLD(inotify_init) OLD(ioperm)
    OLD(iopl) OLD(lchown) OLD(link) OLD(lstat) OLD(mkdir) OLD(mknod) OLD(modify_ldt) OLD(open) OLD(pause) OLD(pipe)
    OLD(poll) OLD(readlink) OLD(rename) OLD(rmdir) OLD(select) OLD(set_thread_area) OLD(signalfd) OLD(stat) OLD(symlink)
    OLD(sysfs) OLD(time) OLD(unlink) OLD(uselib) OLD(ustat) OLD(utime) OLD(utimes) OLD(vfork)
#endif
    NEW(pidfd_send_signal) NEW(io_uring_setup) NEW(io_uring_enter) NEW(io_uring_register) NEW(open_tree) NEW(move_mount)
    NEW(fsopen) NEW(fsconfig) NEW(fsmount) NEW(fspick) NEW(pidfd_open) NEW(clone3) NEW(close_range) NEW(openat2)
    NEW(pidfd_getfd) NEW(faccessat2) NEW(process_madvise) NEW(epoll_pwait2) NEW(mount_setattr) NEW(quotactl_fd)
    NEW(landlock_create_ruleset) NEW(landlock_add_rule) NEW(landlock_restrict_self) NEW(memfd_secret)
    NEW(process_mrelease) NEW(futex_waitv) NEW(set_mempolicy_home_node) NEW(cachestat) NEW(fchmodat2)
    NEW(map_shadow_stack) NEW(futex_wake) NEW(futex_wait) NEW(futex_requeue) NEW(statmount) NEW(listmount)
    NEW(lsm_get_self_attr) NEW(lsm_set_self_attr) NEW(lsm_list_modules) NEW(mseal)
};

const char *hookgate_sandbox_call_name(uint32_t number) {
    return number < sizeof(names) / sizeof(*names) ? names[number] : NULL;
}
