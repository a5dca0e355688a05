/* What confines a worker process: the system calls that take its rights away, and the handler that answers for those
 * that it may not make any more.
 *
 * Nothing here needs root. A function that can fail returns 0, or a negative error number. All of it is for a process
 * that has one thread, except where something else is said. Linux on x86-64 and aarch64; elsewhere the functions that
 * depend on the architecture return -ENOSYS, and `hookgate_sandbox_support` says so. */
#ifndef HOOKGATE_CSANDBOX_H
#define HOOKGATE_CSANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What this kernel has. A container may hide a part of it. */
typedef struct hookgate_sandbox_parts {
    bool architecture;         /* filters exist for it */
    bool seccomp;              /* filters that trap, for all threads at once */
    bool close_range;
    bool deny_write_execute;   /* PR_SET_MDWE */
    int landlock;              /* the version of its interface; 0 without it */
} hookgate_sandbox_parts;

void hookgate_sandbox_support(hookgate_sandbox_parts *parts);

/* How many threads the process has; a negative error number where /proc is missing. */
int hookgate_sandbox_threads(void);

/* Closes all descriptors from `first` on but those in `kept`, which is sorted. */
int hookgate_sandbox_close(int first, const int *kept, size_t count);

/* --- Rights of the process --- */

/* Becomes another user without further groups. */
int hookgate_sandbox_become(uid_t user, gid_t group);

/* Empties the capabilities, whoever the user is: also uid 0 keeps none. */
int hookgate_sandbox_drop_capabilities(void);

/* Has the kernel end the process with its parent. It has to come after a change of the user, which undoes it.
 * -ESRCH if the parent is another one, so that the right one is gone already. */
int hookgate_sandbox_follow(pid_t parent);

/* No program that this process starts may have more rights. */
int hookgate_sandbox_no_new_privileges(void);

/* No core, and other processes of the user cannot look into this one. */
int hookgate_sandbox_hide_memory(void);

/* Memory cannot become executable that was writable. */
int hookgate_sandbox_deny_write_execute(void);

typedef enum hookgate_sandbox_resource {
    HOOKGATE_SANDBOX_CORE,
    HOOKGATE_SANDBOX_DATA,          /* private writable memory */
    HOOKGATE_SANDBOX_ADDRESS_SPACE,
    HOOKGATE_SANDBOX_FILES,
    HOOKGATE_SANDBOX_CPU            /* seconds */
} hookgate_sandbox_resource;

/* Lowers a limit for good. A lower one that is there already stays. */
int hookgate_sandbox_limit(hookgate_sandbox_resource resource, uint64_t most);

/* The stack of threads that say nothing about theirs. */
int hookgate_sandbox_stack(size_t size);

/* --- Files --- */

/* A set of rules; nothing is allowed but what is added. A descriptor, or a negative error number. */
int hookgate_sandbox_files(void);

/* Adds reading of a file, or of all below a folder. It may be done before the process becomes another user, who might
 * not get at the path. -ENOENT if there is none. */
int hookgate_sandbox_allow_reading(int files, const char *path);

/* Adds reading and writing of one file. */
int hookgate_sandbox_allow_writing(int files, const char *path);

/* Adds reading of the folders that the libraries of this process come from: their neighbours may be asked for next. */
void hookgate_sandbox_allow_libraries(int files);

/* Has the rules hold for this thread and those that it starts, and closes the descriptor. */
int hookgate_sandbox_restrict_files(int files);

/* --- System calls --- */

/* What was refused. It may lie in memory that another process reads. */
typedef struct hookgate_sandbox_violations {
    uint64_t count;
    uint32_t last;   /* the number of the last system call */
    uint32_t lock;   /* taken while `last` and `path` are written; whoever does not get it only counts */
    char path[64];   /* the first bytes of the path that the last one was about, zeros behind them */
} hookgate_sandbox_violations;

typedef struct hookgate_sandbox_rules {
    bool allows_jit;       /* memory may be executable */
    bool restricts_files;  /* rules for files hold, so that Dispatch needs an answer instead of /proc/N/stat */
    bool becomes_strict;   /* the strict filter follows, and needs the calls that install it */
    bool kills;            /* a refused call ends the process */
    int control;           /* the descriptor over which descriptors come, to be mapped shared; -1 without one */
} hookgate_sandbox_rules;

/* Answers for system calls that the filters refuse: EPERM and a count, or the end of the process by SIGSYS.
 *
 * `violations` may be null. The handler works in every thread that does not block SIGSYS; in one that does, a call that
 * needs it ends the process, also the opening of a file that may be read. posix_spawn does: its call fails with EPERM, but is not counted. */
int hookgate_sandbox_answer(hookgate_sandbox_violations *violations, bool kills);

/* Refuses what no plugin needs: network, processes, changes of files, the rights of others, the kernel's rarer parts.
 * For all threads. */
int hookgate_sandbox_filter_default(const hookgate_sandbox_rules *rules);

/* Refuses all but memory, threads, clocks, and open descriptors. For all threads. -EPROTO if the kernel says that this is
 * in force and it is not: then a filter that was installed before answers in its place. */
int hookgate_sandbox_filter_strict(const hookgate_sandbox_rules *rules);

/* The name of a system call of this architecture; null for an unknown number. */
const char *hookgate_sandbox_call_name(uint32_t number);

#endif
