#define _GNU_SOURCE
#include "CSandbox.h"
#include "machine.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int result_of(long result) { return result < 0 ? -errno : 0; }

int hookgate_sandbox_threads(void) {
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) return -errno;
    int count = 0;
    for (struct dirent *entry = readdir(tasks); entry != NULL; entry = readdir(tasks)) count += entry->d_name[0] != '.';
    closedir(tasks);
    return count;
}

int hookgate_sandbox_close(int first, const int *kept, size_t count) {
    unsigned from = (unsigned)first;
    for (size_t i = 0; i < count; i++) {
        if (kept[i] < 0 || (unsigned)kept[i] < from) continue;
        unsigned keep = (unsigned)kept[i];
        if (keep > from && syscall(CALL_close_range, from, keep - 1, 0) < 0) return -errno;
        from = keep + 1;
    }
    return result_of(syscall(CALL_close_range, from, ~0U, 0));
}

/* What an executable could bring back. Without CAP_SETPCAP, or as another user, nothing can be taken; without new
 * privileges nothing would come of it. */
static void bound_capabilities(void) {
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {}
}

int hookgate_sandbox_become(uid_t user, gid_t group) {
    bound_capabilities();
    if (setgroups(0, NULL) < 0 || setresgid(group, group, group) < 0 || setresuid(user, user, user) < 0) return -errno;
    return 0;
}

int hookgate_sandbox_drop_capabilities(void) {
    bound_capabilities();
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return result_of(syscall(SYS_capset, &header, none));
}

int hookgate_sandbox_follow(pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) return -errno;
    // It may have ended before; whoever has taken its place is another one.
    return getppid() == parent ? 0 : -ESRCH;
}

int hookgate_sandbox_no_new_privileges(void) { return result_of(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }

int hookgate_sandbox_hide_memory(void) { return result_of(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); }

int hookgate_sandbox_deny_write_execute(void) {
    return result_of(prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0));
}

int hookgate_sandbox_limit(hookgate_sandbox_resource resource, uint64_t most) {
    static const __rlimit_resource_t resources[] = {
        [HOOKGATE_SANDBOX_CORE] = RLIMIT_CORE,
        [HOOKGATE_SANDBOX_DATA] = RLIMIT_DATA,
        [HOOKGATE_SANDBOX_ADDRESS_SPACE] = RLIMIT_AS,
        [HOOKGATE_SANDBOX_FILES] = RLIMIT_NOFILE,
        [HOOKGATE_SANDBOX_CPU] = RLIMIT_CPU,
    };
    struct rlimit limit;
    if (getrlimit(resources[resource], &limit) < 0) return -errno;
    if (limit.rlim_max > most) limit.rlim_max = most;
    limit.rlim_cur = limit.rlim_max;
    return result_of(setrlimit(resources[resource], &limit));
}

int hookgate_sandbox_stack(size_t size) {
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error == 0) error = pthread_attr_setstacksize(&attributes, size);
    if (error == 0) error = pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
    return -error;
}
