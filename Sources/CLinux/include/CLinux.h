/* System calls that Swift's Glibc module does not show, because they need _GNU_SOURCE. */
#ifndef HOOKGATE_CLINUX_H
#define HOOKGATE_CLINUX_H

#include <stddef.h>
#include <stdint.h>

/* A pipe whose ends are not inherited by children: pipe2 with O_CLOEXEC. 0, or -1 and errno. */
int hookgate_pipe(int ends[2]);

/* A file in memory without a name, not inherited by children: memfd_create. A descriptor, or -1 and errno. */
int hookgate_memory_file(const char *name);

/* The same, of a size that nobody can change any more, filled with zeros: the file is sealed against it. A descriptor
   from 16 on, out of the way of those that a child gets its own ones under, or -1 and errno. */
int hookgate_shared_memory(const char *name, size_t size);

/* Lets only those write to the file who have it mapped for writing now: F_SEAL_FUTURE_WRITE. 0, or -1 and errno. */
int hookgate_seal_writes(int descriptor);

/* Lets nobody change the content of a file in memory any more, which nobody has mapped for writing. 0, or -1 and errno. */
int hookgate_seal_content(int descriptor);

/* Gives the memory of a range of such a file back; it reads as zeros then. 0, or -1 and errno. */
int hookgate_discard(int descriptor, size_t offset, size_t size);

/* Waits until somebody wakes those who wait at the word, unless it is not `expected` any more; across processes. */
void hookgate_futex_wait(const void *word, uint32_t expected);

/* Wakes one of those who wait at the word. */
void hookgate_futex_wake(const void *word);

/* A descriptor that a write of 8 bytes makes readable: eventfd, not blocking. A descriptor, or -1 and errno. */
int hookgate_event(void);

/* A descriptor that becomes readable when a child has ended: pidfd_open. A descriptor, or -1 and errno. */
int hookgate_process(int identifier);

/* Sends a signal to the process, even if its number is somebody else's by now: pidfd_send_signal. 0, or -1 and errno. */
int hookgate_signal(int process, int signal);

/* Waits for the process to end, which it has to be about to. The status as of waitpid, or -1 and errno. */
int hookgate_reap(int process);

/* A set of descriptors to wait for: epoll_create1, epoll_ctl and epoll_wait, for reading. */
int hookgate_poller(void);
int hookgate_poller_add(int poller, int descriptor, uint64_t tag);

/* The same for a descriptor that is never read: each write to it counts. */
int hookgate_poller_add_edges(int poller, int descriptor, uint64_t tag);
void hookgate_poller_remove(int poller, int descriptor);

/* Fills `tags` with those of descriptors that can be read or have ended. Their number; 0 after `milliseconds`, and after a
   signal; -1 milliseconds wait for ever. */
int hookgate_poller_wait(int poller, uint64_t *tags, int count, int milliseconds);

/* The processor that the thread runs on. */
unsigned hookgate_processor(void);

/* Tells the processor that the thread spins. */
static inline void hookgate_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Names the thread that calls it, for those who look at the process: pthread_setname_np. At most 15 bytes. */
void hookgate_name_thread(const char *name);

/* Gives memory that is free back to the system: malloc_trim. It takes about a millisecond. */
void hookgate_return_free_memory(void);

/* An environment variable of this process with its value, NAME=value; NULL from the end of them on. */
const char *hookgate_environment(size_t index);

#endif
