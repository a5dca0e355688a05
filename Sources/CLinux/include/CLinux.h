/* System calls that Swift's Glibc module does not show, because they need _GNU_SOURCE. */
#ifndef HOOKGATE_CLINUX_H
#define HOOKGATE_CLINUX_H

#include <stddef.h>

/* A pipe whose ends are not inherited by children: pipe2 with O_CLOEXEC. 0, or -1 and errno. */
int hookgate_pipe(int ends[2]);

/* A file in memory without a name, not inherited by children: memfd_create. A descriptor, or -1 and errno. */
int hookgate_memory_file(const char *name);

/* Names the thread that calls it, for those who look at the process: pthread_setname_np. At most 15 bytes. */
void hookgate_name_thread(const char *name);

/* Gives memory that is free back to the system: malloc_trim. It takes about a millisecond. */
void hookgate_return_free_memory(void);

/* An environment variable of this process with its value, NAME=value; NULL from the end of them on. */
const char *hookgate_environment(size_t index);

#endif
