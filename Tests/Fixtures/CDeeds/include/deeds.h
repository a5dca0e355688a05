/* What a plugin in a sandbox might try, each deed by its name. */
#ifndef HOOKGATE_DEEDS_H
#define HOOKGATE_DEEDS_H

#include <stddef.h>
#include <sys/types.h>

/* Whom deeds are aimed at, and files that they use. */
typedef struct deed_targets {
    pid_t victim;
    const char *readable;  /* a file that the policy names */
} deed_targets;

/* The name of a deed; null from the end on. */
const char *deed_name(size_t index);

/* Does a deed: "ok", or the name of the error, such as "EPERM". Null if there is none of that name. */
const char *deed_do(const char *name, const deed_targets *targets);

/* Has the kernel seem to lack a system call, or with `option` at least 0 the call with that first argument. 0 or -1. */
int deed_hide(int call, int option);

/* Has every filter of system calls that is installed from now on seem to be in force. 0 or -1. */
int deed_pretend_filters(void);

/* Makes the two ends of a control connection, the first of which has a descriptor to receive. 0 or -1. */
int deed_open_control(int ends[2]);

/* Starts a thread that does not end. 0 or an error number. */
int deed_start_thread(void);

/* Becomes an ordinary user, before there is any sandbox. 0 or -1. */
int deed_become(uid_t user);

#endif
