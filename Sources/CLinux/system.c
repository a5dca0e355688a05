#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

int hookgate_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int hookgate_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

void hookgate_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

void hookgate_return_free_memory(void) { malloc_trim(0); }

const char *hookgate_environment(size_t index) { return environ ? environ[index] : NULL; }
