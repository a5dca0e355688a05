#define _GNU_SOURCE
#include "journal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
enum { FATAL_SIGNALS = sizeof(fatal_signals) / sizeof(fatal_signals[0]) };

/* What handled each signal before; written before our handler is installed. */
static struct sigaction previous[FATAL_SIGNALS];
static int is_installed;
static pthread_mutex_t install_lock = PTHREAD_MUTEX_INITIALIZER;
static struct hookgate_crash_record *current_record;

/* ---- Stacks for signals ---- */

/* Room for the handler of the Swift runtime, too, which walks the stack that has crashed. */
enum { STACK_SIZE = 64 * 1024 };

static __thread void *own_stack;

void hookgate_crash_prepare_thread(void) {
    stack_t stack;
    if (own_stack != NULL || sigaltstack(NULL, &stack) != 0 || !(stack.ss_flags & SS_DISABLE)) return;
    if (!hookgate_journal_watch_thread()) return;
    void *memory = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return;
    stack = (stack_t){.ss_sp = memory, .ss_size = STACK_SIZE};
    if (sigaltstack(&stack, NULL) == 0) own_stack = memory;
    else munmap(memory, STACK_SIZE);
}

void hookgate_crash_release_stack(void) {
    if (own_stack == NULL) return;
    stack_t stack;
    /* Somebody else may have put another one in its place, and that one stays. */
    if (sigaltstack(NULL, &stack) == 0 && stack.ss_sp == own_stack) {
        stack = (stack_t){.ss_flags = SS_DISABLE};
        sigaltstack(&stack, NULL);
    }
    munmap(own_stack, STACK_SIZE);
    own_stack = NULL;
}

/* ---- The handler: nothing here may wait for long, allocate, or touch what another thread may hold. ---- */

static uint64_t pc_of(const void *context) {
#if defined(__x86_64__)
    return (uint64_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uint64_t)((const ucontext_t *)context)->uc_mcontext.pc;
#else
#error "say where this processor's context has its program counter"
#endif
}

static uint32_t plugin_at(uint64_t pc) {
    const struct hookgate_journal *journal = hookgate_journal_current();
    if (journal == NULL) return 0;
    for (uint32_t i = 0; i < HOOKGATE_JOURNAL_IMAGES; i++) {
        const struct hookgate_journal_image *image = &journal->images[i];
        uint64_t start = __atomic_load_n(&image->start, __ATOMIC_ACQUIRE);
        if (start != 0 && pc >= start && pc < image->end) return image->plugin;
    }
    return 0;
}

static uint32_t number_of_own_slot(void) {
    const struct hookgate_journal *journal = hookgate_journal_current();
    const struct hookgate_journal_slot *slot = hookgate_journal_own_slot;
    if (journal == NULL || slot < journal->slots || slot >= journal->slots + HOOKGATE_JOURNAL_SLOTS) return 0;
    return (uint32_t)(slot - journal->slots) + 1;
}

static int is_sent(const siginfo_t *info) { return info->si_code <= 0; }

static int has_address(int number) {
    return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE || number == SIGTRAP;
}

/* The process that a signal comes from: this one, if nothing else is known. */
static pid_t sender(const siginfo_t *info) {
    int has_sender = info->si_code == SI_USER || info->si_code == SI_QUEUE || info->si_code == SI_TKILL;
    return has_sender ? info->si_pid : getpid();
}

/* Lets another thread write its record to the end, before the process ends because of this one: for about half a second
 * at most, since it may be this thread itself that was interrupted. */
static void await_record(const struct hookgate_crash_record *record) {
    const struct timespec pause = {0, 1000000};
    for (int i = 0; i < 500 && __atomic_load_n(&record->state, __ATOMIC_ACQUIRE) == HOOKGATE_CRASH_BEGUN; i++)
        nanosleep(&pause, NULL);
}

/* The record, if this is the crash that was written to it. */
static struct hookgate_crash_record *record_crash(int number, const siginfo_t *info, const void *context) {
    struct hookgate_crash_record *record = __atomic_load_n(&current_record, __ATOMIC_ACQUIRE);
    if (record == NULL) return NULL;
    uint32_t state = HOOKGATE_CRASH_NONE;
    /* Only the first one: what comes after is often its consequence. */
    if (!__atomic_compare_exchange_n(&record->state, &state, HOOKGATE_CRASH_BEGUN, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
        await_record(record);
        return NULL;
    }
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    record->signal = number;
    record->code = info->si_code;
    record->tid = (int32_t)syscall(SYS_gettid);
    record->pc = pc_of(context);
    record->address = is_sent(info)         ? (uint64_t)sender(info)
                      : has_address(number) ? (uint64_t)(uintptr_t)info->si_addr
                                            : 0;
    record->time = (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
    record->image = plugin_at(record->pc);
    record->slot = number_of_own_slot();
    __atomic_store_n(&record->state, HOOKGATE_CRASH_COMPLETE, __ATOMIC_RELEASE);
    return record;
}

static const struct sigaction *previous_of(int number) {
    for (int i = 0; i < FATAL_SIGNALS; i++) {
        if (fatal_signals[i] == number) return &previous[i];
    }
    return NULL;
}

/* Has the system do with a signal what it does without a handler. It waits until the handler returns, and then ends the
 * process before anything else of the thread runs. */
static void end_by(int number) {
    signal(number, SIG_DFL);
    syscall(SYS_tgkill, getpid(), (pid_t)syscall(SYS_gettid), number);
}

static void handle(int number, siginfo_t *info, void *context);

/* Whether the process goes on after a signal that the handler of before has returned from. One that ends the process by
 * returning, as that of the Swift runtime, has put the system's in its place. */
static int goes_on(int number) {
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && (now.sa_flags & SA_SIGINFO) && now.sa_sigaction == handle;
}

static void handle(int number, siginfo_t *info, void *context) {
    int saved = errno;
    const struct sigaction *before = previous_of(number);
    int is_plain = before == NULL || !(before->sa_flags & SA_SIGINFO);
    /* One that is ignored ends nothing, unless it is a fault: the system does not let those be ignored. */
    if (is_plain && before != NULL && before->sa_handler == SIG_IGN && is_sent(info)) return;
    struct hookgate_crash_record *record = record_crash(number, info, context);
    if (!is_plain) {
        before->sa_sigaction(number, info, context);
    } else if (before != NULL && before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
        before->sa_handler(number);
    } else {
        end_by(number);
        record = NULL;
    }
    if (record != NULL && goes_on(number)) __atomic_store_n(&record->state, HOOKGATE_CRASH_NONE, __ATOMIC_RELEASE);
    errno = saved;
}

/* ---- Ends that somebody else wants ---- */

static const int end_signals[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP};
enum { END_SIGNALS = sizeof(end_signals) / sizeof(end_signals[0]) };

static void handle_end(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    /* What a plugin does to its own process is not somebody else's doing. */
    if (!is_sent(info) || sender(info) != getpid()) hookgate_journal_note_end();
    end_by(number);
    errno = saved;
}

void hookgate_crash_watch_ends(void) {
    struct sigaction action = {.sa_sigaction = handle_end, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < END_SIGNALS; i++) {
        struct sigaction now;
        if (sigaction(end_signals[i], NULL, &now) != 0 || (now.sa_flags & SA_SIGINFO)) continue;
        /* Whoever has a handler of his own, or ignores the signal, ends the process in his own way. */
        if (now.sa_handler == SIG_DFL) sigaction(end_signals[i], &action, NULL);
    }
}

/* ---- Installation ---- */

static int install(void) {
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < FATAL_SIGNALS; i++) {
        if (sigaction(fatal_signals[i], NULL, &previous[i]) != 0) return errno;
        if (sigaction(fatal_signals[i], &action, NULL) != 0) return errno;
    }
    return 0;
}

int hookgate_crash_install(struct hookgate_crash_record *record) {
    int problem = 0;
    pthread_mutex_lock(&install_lock);
    if (record != NULL && !is_installed) {
        problem = install();
        is_installed = problem == 0;
    }
    if (problem == 0) __atomic_store_n(&current_record, record, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&install_lock);
    return problem;
}

void hookgate_crash_forget(struct hookgate_crash_record *record) {
    __atomic_compare_exchange_n(&current_record, &record, NULL, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
