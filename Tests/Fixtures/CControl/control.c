#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

control *control_open(const char *path) {
    struct stat status;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0 && (errno == EACCES || errno == EPERM)) {
        // The sandbox of a probe: memory of its own, where nobody looks.
        void *own = mmap(NULL, sizeof(control), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return own == MAP_FAILED ? NULL : own;
    }
    if (file < 0) return NULL;
    void *memory = MAP_FAILED;
    if (fstat(file, &status) == 0 && status.st_size >= (off_t)sizeof(control))
        memory = mmap(NULL, sizeof(control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return memory == MAP_FAILED ? NULL : memory;
}

void control_own(control *control) { control->owner = (uint32_t)getpid(); }

void control_close(control *control) { munmap(control, sizeof(*control)); }

static void wake(uint32_t *counter) { syscall(SYS_futex, counter, FUTEX_WAKE, INT_MAX, NULL, NULL, 0); }

uint32_t control_add(uint32_t *counter, uint32_t amount) {
    uint32_t value = __atomic_add_fetch(counter, amount, __ATOMIC_SEQ_CST);
    wake(counter);
    return value;
}

uint32_t control_read(const uint32_t *counter) { return __atomic_load_n(counter, __ATOMIC_SEQ_CST); }

void control_enter(control *control) {
    uint32_t inside = control_add(&control->entered, 1) - control_read(&control->left);
    uint32_t most = control_read(&control->most);
    while (inside > most &&
           !__atomic_compare_exchange_n(&control->most, &most, inside, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
    }
}

void control_leave(control *control) { control_add(&control->left, 1); }

static int64_t now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int control_wait(uint32_t *counter, uint32_t at_least, uint32_t milliseconds) {
    int64_t end = now_ms() + milliseconds;
    for (;;) {
        uint32_t value = control_read(counter);
        int64_t rest = end - now_ms();
        if (value >= at_least) return 1;
        if (rest <= 0) return 0;
        struct timespec time = {rest / 1000, rest % 1000 * 1000000};
        syscall(SYS_futex, counter, FUTEX_WAIT, value, &time, NULL, 0);
    }
}

static void lock(control *control) {
    uint32_t free = 0;
    while (!__atomic_compare_exchange_n(&control->lock, &free, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) free = 0;
}

static void unlock(control *control) { __atomic_store_n(&control->lock, 0, __ATOMIC_RELEASE); }

/* Whether this process is a worker: a probe has another first argument. */
static int is_worker(void) {
    char line[4097] = {0};
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t size = read(file, line, sizeof(line) - 2);
    close(file);
    return size > 0 && strcmp(line + strlen(line) + 1, "--serve") == 0;
}

static int is_noted(const control *control) {
    if (control->owner == (uint32_t)getpid()) return 1;
    return control->owner == (uint32_t)getppid() && is_worker();
}

void control_note(control *control, const char *subject, const char *event) {
    size_t subject_size = strlen(subject), event_size = strlen(event);
    if (!is_noted(control)) return;
    lock(control);
    if (control->length + subject_size + event_size + 2 <= sizeof(control->log)) {
        char *end = control->log + control->length;
        memcpy(end, subject, subject_size);
        end[subject_size] = ' ';
        memcpy(end + subject_size + 1, event, event_size);
        end[subject_size + 1 + event_size] = '\n';
        control->length += (uint32_t)(subject_size + event_size + 2);
    }
    unlock(control);
    control_add(&control->lines, 1);
}

uint32_t control_log(control *control, char *copy, uint32_t capacity) {
    lock(control);
    uint32_t size = control->length < capacity ? control->length : capacity;
    memcpy(copy, control->log, size);
    unlock(control);
    return size;
}
