/* Answers for refused system calls, in the handler of SIGSYS. Everything here may run between any two instructions of
 * a plugin: it uses nothing but system calls and its own stack. */
#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = sizeof(((hookgate_sandbox_violations *)0)->path) };

static hookgate_sandbox_violations unshared;
static hookgate_sandbox_violations *violations = &unshared;
static bool kills;
/* Whether no file can be opened any more. */
static bool is_strict;

/* --- Paths --- */

/* Whether eight aligned bytes can be read: the kernel looks at them before it finds that the request is none. */
static bool is_readable(uintptr_t address) {
    syscall(SYS_rt_sigprocmask, ~0, address & ~(uintptr_t)7, NULL, 8);
    return errno != EFAULT;
}

/* Copies a text of the caller, who may have given any address. Zeros fill the rest. */
static void copy_path(char path[PATH_BYTES], uint64_t address) {
    memset(path, 0, PATH_BYTES);
    for (int i = 0; i < PATH_BYTES; i++) {
        uintptr_t place = (uintptr_t)address + (uintptr_t)i;
        if ((i == 0 || place % 8 == 0) && !is_readable(place)) return;
        path[i] = *(const volatile char *)place;
        if (path[i] == '\0') return;
    }
}

/* Which argument of a call is a path; -1 if none is. */
static int path_argument(uint32_t call) {
    switch (call) {
#if defined(__x86_64__)
    case SYS_open: case SYS_creat: case SYS_mkdir: case SYS_rmdir: case SYS_rename: case SYS_link: case SYS_unlink:
    case SYS_mknod: case SYS_chmod: case SYS_chown: case SYS_lchown: case SYS_utime: case SYS_utimes: case SYS_access:
    case SYS_stat: case SYS_lstat: case SYS_readlink:
#endif
    case SYS_execve: case SYS_truncate: case SYS_chroot: case SYS_setxattr: case SYS_statfs: case SYS_chdir: return 0;
    case SYS_openat: case CALL_openat2: case SYS_execveat: case SYS_mkdirat: case SYS_renameat: case SYS_renameat2:
    case SYS_linkat: case SYS_unlinkat: case SYS_mknodat: case SYS_fchmodat: case SYS_fchownat: case SYS_utimensat:
    case SYS_faccessat: case CALL_faccessat2: case SYS_newfstatat: case SYS_statx: case SYS_readlinkat:
        return 1;
    default: return -1;
    }
}

/* What the C library and the runtimes ask for in passing; they do without, and it says nothing about the plugin. */
static bool is_customary(const char *path) {
    static const char *const beginnings[] = {
        "/proc/self/maps", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu", "/proc/stat", "/proc/cpuinfo",
        "/proc/meminfo", "/etc/localtime", "/usr/share/zoneinfo", "/usr/lib/locale", "/usr/share/locale",
    };
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++) {
        if (strncmp(path, beginnings[i], strlen(beginnings[i])) == 0) return true;
    }
    return false;
}

/* --- Violations --- */

static int64_t refuse(uint32_t call, const char *path) {
    __atomic_add_fetch(&violations->count, 1, __ATOMIC_RELAXED);
    uint32_t open = 0;
    if (__atomic_compare_exchange_n(&violations->lock, &open, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        violations->last = call;
        memcpy(violations->path, path, PATH_BYTES);
        __atomic_store_n(&violations->lock, 0, __ATOMIC_RELEASE);
    }
    if (kills) syscall(CALL_END);
    return -EPERM;
}

/* --- Answers --- */

/* The N of "/proc/N/stat"; -1 for any other path. */
static int64_t thread_of(const char *path) {
    static const char beginning[] = "/proc/", end[] = "/stat";
    if (strncmp(path, beginning, sizeof(beginning) - 1) != 0) return -1;
    const char *digit = path + sizeof(beginning) - 1;
    int64_t number = 0;
    while (*digit >= '0' && *digit <= '9' && number < INT32_MAX) number = number * 10 + (*digit++ - '0');
    return number > 0 && strcmp(digit, end) == 0 ? number : -1;
}

/* Dispatch looks up whether its threads run, and ends the process if it cannot. It is told that they do, by a pipe with
 * what such a file may hold: each reader needs a position of its own. */
static int64_t running_thread(int64_t number) {
    static const char rest[] = " (worker) R 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 0 0 0\n";
    char text[24 + sizeof(rest)], digits[20];
    size_t count = 0, length = 0;
    for (; number > 0; number /= 10) digits[count++] = (char)('0' + number % 10);
    while (count > 0) text[length++] = digits[--count];
    memcpy(text + length, rest, sizeof(rest) - 1);
    length += sizeof(rest) - 1;
    int ends[2];
    if (syscall(SYS_pipe2, ends, O_CLOEXEC) < 0) return -errno;
    syscall(SYS_write, ends[1], text, length);
    syscall(SYS_close, ends[1]);
    return ends[0];
}

/* Opens a file as openat would, by a call that no filter stops before it is strict. */
static int64_t reopen(int64_t folder, uint64_t path, uint64_t flags, uint64_t mode) {
    const uint64_t for_places = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    const uint64_t for_files = O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK | O_SYNC |
                               O_DSYNC | O_DIRECT | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_TMPFILE;
    struct open_how how = {0};
    how.flags = flags & O_PATH ? flags & for_places : (flags & for_files) | MACHINE_LARGE_FILE;
    bool makes_file = (how.flags & O_CREAT) != 0 || (how.flags & O_TMPFILE) == O_TMPFILE;
    if (makes_file) how.mode = mode & 07777;
    long result = syscall(CALL_openat2, folder, path, &how, sizeof(how));
    return result < 0 ? -errno : result;
}

static int64_t answer_open(uint32_t call, int64_t folder, uint64_t address, uint64_t flags, uint64_t mode) {
    char path[PATH_BYTES];
    copy_path(path, address);
    int64_t thread = thread_of(path);
    if (thread > 0) return running_thread(thread);
    if (__atomic_load_n(&is_strict, __ATOMIC_RELAXED)) return is_customary(path) ? -ENOENT : refuse(call, path);
    int64_t result = reopen(folder, address, flags, mode);
    if (result == -EACCES && !is_customary(path)) refuse(call, path);
    return result;
}

static int64_t answer(uint32_t call, const ucontext_t *context) {
#define ARGUMENT(index) machine_argument(context, index)
    char path[PATH_BYTES] = {0};
    switch (call) {
    case SYS_openat:
        return answer_open(call, (int32_t)ARGUMENT(0), ARGUMENT(1), ARGUMENT(2), ARGUMENT(3));
#if defined(__x86_64__)
    case SYS_open:
        return answer_open(call, AT_FDCWD, ARGUMENT(0), ARGUMENT(1), ARGUMENT(2));
#endif
    case SYS_newfstatat:
        // fstat of the C library.
        copy_path(path, ARGUMENT(1));
        if (path[0] == '\0' && (ARGUMENT(3) & AT_EMPTY_PATH) != 0) {
            return syscall(SYS_fstat, ARGUMENT(0), ARGUMENT(2)) < 0 ? -errno : 0;
        }
        return is_customary(path) ? -ENOENT : refuse(call, path);
    default:
        if (path_argument(call) >= 0) copy_path(path, ARGUMENT(path_argument(call)));
        return refuse(call, path);
    }
}

static void handle(int number, siginfo_t *information, void *context) {
    // Signals of this number can come from elsewhere, too; they mean nothing.
    if (number != SIGSYS || information->si_code != SYS_SECCOMP) return;
    int error = errno;
    machine_set_result(context, answer((uint32_t)information->si_syscall, context));
    errno = error;
}

void sandbox_answer_strictly(void) { __atomic_store_n(&is_strict, true, __ATOMIC_RELAXED); }

int hookgate_sandbox_answer(hookgate_sandbox_violations *shared, bool ends) {
    if (shared != NULL) violations = shared;
    kills = ends;
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};
    return sigaction(SIGSYS, &action, NULL) == 0 ? 0 : -errno;
}
