#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int hookgate_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int hookgate_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int hookgate_shared_memory(const char *name, size_t size) {
    int low = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (low < 0) return -1;
    int file = fcntl(low, F_DUPFD_CLOEXEC, 16);
    close(low);
    if (file < 0) return -1;
    if (ftruncate(file, (off_t)size) == 0 && fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0) return file;
    int failure = errno;
    close(file);
    errno = failure;
    return -1;
}

int hookgate_seal_writes(int descriptor) {
    return fcntl(descriptor, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SEAL);
}

int hookgate_seal_content(int descriptor) {
    return fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
}

int hookgate_discard(int descriptor, size_t offset, size_t size) {
    return fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)size);
}

void hookgate_futex_wait(const void *word, uint32_t expected) {
    syscall(SYS_futex, word, FUTEX_WAIT, expected, NULL, NULL, 0);
}

void hookgate_futex_wake(const void *word) { syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0); }

int hookgate_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int hookgate_process(int identifier) { return (int)syscall(SYS_pidfd_open, identifier, 0); }

int hookgate_signal(int process, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, process, signal, NULL, 0);
}

int hookgate_reap(int process) {
    siginfo_t end;
    while (waitid((idtype_t)3 /* P_PIDFD */, (id_t)process, &end, WEXITED) < 0)
        if (errno != EINTR) return -1;
    return end.si_code == CLD_EXITED ? (end.si_status & 0xFF) << 8 : end.si_status & 0x7F;
}

int hookgate_poller(void) { return epoll_create1(EPOLL_CLOEXEC); }

int hookgate_poller_add(int poller, int descriptor, uint64_t tag) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = tag};
    return epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
}

int hookgate_poller_add_edges(int poller, int descriptor, uint64_t tag) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = tag};
    return epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
}

void hookgate_poller_remove(int poller, int descriptor) { epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, NULL); }

int hookgate_poller_wait(int poller, uint64_t *tags, int count, int milliseconds) {
    struct epoll_event events[64];
    int found = epoll_wait(poller, events, count < 64 ? count : 64, milliseconds);
    for (int index = 0; index < found; index++) tags[index] = events[index].data.u64;
    return found < 0 ? 0 : found;
}

unsigned hookgate_processor(void) {
    int processor = sched_getcpu();
    return processor < 0 ? 0 : (unsigned)processor;
}

void hookgate_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

void hookgate_return_free_memory(void) { malloc_trim(0); }

const char *hookgate_environment(size_t index) { return environ ? environ[index] : NULL; }
