/* Threads of a plugin's own. */
#ifndef HOOKGATE_FIXTURE_THREAD_H
#define HOOKGATE_FIXTURE_THREAD_H

#include <pthread.h>
#include <stdlib.h>

static inline void run_on_own_thread(void *(*work)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, argument) != 0) abort();
    pthread_detach(thread);
}

#endif
