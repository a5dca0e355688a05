/* The crash journal: a mapped file that says, however a process ends, which plugin each of its threads was in.
 *
 * The pages belong to the file, so the system keeps them when the process dies, also of SIGKILL. Everything in it is a
 * plain number or text of fixed size: whoever reads it afterwards trusts none of it.
 *
 * A process has one journal. Threads mark their slots in memory that is always there: before a journal is begun, and
 * after it has ended, that memory is the process's alone. */
#ifndef HOOKGATE_CJOURNAL_H
#define HOOKGATE_CJOURNAL_H

#include <stddef.h>
#include <stdint.h>

#define HOOKGATE_JOURNAL_MAGIC 0x4C4E524A4B4F4F48ull /* "HOOKJRNL" as it lies in memory */
#define HOOKGATE_JOURNAL_VERSION 2u

enum {
    HOOKGATE_JOURNAL_PLUGINS = 2048,
    HOOKGATE_JOURNAL_HOOKS = 1024,
    HOOKGATE_JOURNAL_IMAGES = 2048,
    HOOKGATE_JOURNAL_SLOTS = 2048,
    HOOKGATE_JOURNAL_REQUEST_BYTES = 48,
};

/* Whether the process has ended in order: what `hookgate_journal_header.state` says. */
enum { HOOKGATE_JOURNAL_EMPTY = 0, HOOKGATE_JOURNAL_RUNNING = 1, HOOKGATE_JOURNAL_CLOSED = 2 };

/* How far a crash record has been written. */
enum { HOOKGATE_CRASH_NONE = 0, HOOKGATE_CRASH_BEGUN = 1, HOOKGATE_CRASH_COMPLETE = 2 };

/* A fatal signal: what it was, and where. Numbers of plugins and slots count from 1; 0 is none. */
struct hookgate_crash_record {
    uint32_t state;
    int32_t signal;
    int32_t code;     /* si_code */
    int32_t tid;
    uint64_t pc;
    uint64_t address; /* si_addr of a fault, the sender of a signal that was sent (code <= 0), else 0 */
    uint64_t time;    /* CLOCK_MONOTONIC in nanoseconds */
    uint32_t image;   /* the plugin whose text the pc lies in */
    uint32_t slot;    /* that of the thread */
};

/* The beginning of a request's id, padded with zeros. */
struct hookgate_journal_request {
    uint64_t words[HOOKGATE_JOURNAL_REQUEST_BYTES / 8];
};

/* What one thread is in. */
struct hookgate_journal_slot {
    uint64_t mark;  /* the plugin's number, shifted by 32, and the hook's number; 0 while it is in none */
    uint64_t since; /* CLOCK_MONOTONIC in nanoseconds at the call's begin */
    struct hookgate_journal_request request;
    int32_t tid;
    uint32_t is_claimed;
    uint64_t reserved[7];
};

struct hookgate_journal_plugin {
    char digest[64]; /* SHA-256 of the file in hexadecimal */
    char name[128];  /* ends with a zero unless it is full */
};

struct hookgate_journal_hook {
    char name[64];
};

/* Where the code of a plugin's image lies. */
struct hookgate_journal_image {
    uint64_t start; /* 0: the entry is free */
    uint64_t end;
    uint32_t plugin;
    uint32_t reserved;
};

struct hookgate_journal_header {
    uint64_t magic;
    uint32_t version;
    uint32_t header_size;
    uint32_t plugin_capacity, hook_capacity, image_capacity, slot_capacity;
    uint32_t plugin_count, hook_count;
    uint32_t state;
    int32_t pid;
    uint64_t wall_time;      /* CLOCK_REALTIME in nanoseconds when the journal began */
    uint64_t monotonic_time; /* CLOCK_MONOTONIC at the same moment */
    uint64_t unmarked;       /* threads that got no slot */
    struct hookgate_crash_record crash;
    uint8_t reserved[136];
};

/* The whole file. */
struct hookgate_journal {
    struct hookgate_journal_header header;
    struct hookgate_journal_slot slots[HOOKGATE_JOURNAL_SLOTS];
    struct hookgate_journal_plugin plugins[HOOKGATE_JOURNAL_PLUGINS];
    struct hookgate_journal_hook hooks[HOOKGATE_JOURNAL_HOOKS];
    struct hookgate_journal_image images[HOOKGATE_JOURNAL_IMAGES];
};

/* Where the parts of the file are, for those who read its bytes. */
enum {
    HOOKGATE_JOURNAL_SIZE = sizeof(struct hookgate_journal),
    HOOKGATE_JOURNAL_SLOTS_AT = offsetof(struct hookgate_journal, slots),
    HOOKGATE_JOURNAL_PLUGINS_AT = offsetof(struct hookgate_journal, plugins),
    HOOKGATE_JOURNAL_HOOKS_AT = offsetof(struct hookgate_journal, hooks),
    HOOKGATE_JOURNAL_IMAGES_AT = offsetof(struct hookgate_journal, images),
};

_Static_assert(sizeof(struct hookgate_crash_record) == 48, "a crash record has 48 bytes");
_Static_assert(sizeof(struct hookgate_journal_slot) == 128, "slots of two threads share no cache line");
_Static_assert(sizeof(struct hookgate_journal_header) == 256, "the header has 256 bytes");

/* ---- The process's journal. None of these may be called from a signal handler. ---- */

/* Begins a journal in a file that is open for reading and writing, whose content it replaces, and installs the handler
 * of fatal signals. Until somebody else handles them, signals from outside that end the process are noted as an end in
 * order. 0, EBUSY if the process has begun another one, or an errno. */
int hookgate_journal_begin(int descriptor);

/* Notes that the process has ended in order, and lets go of the file. */
void hookgate_journal_end(void);

/* The number of a plugin, the same for the same digest and name; 0 if there is no journal, or no room. */
uint32_t hookgate_journal_plugin(const char *digest, const char *name);

/* The number of a hook, or of another thing that plugins do; 0 if there is no journal, or no room. */
uint32_t hookgate_journal_hook(const char *name);

/* Notes where the image lies that an address belongs to. The number of the note; 0 if there is none. */
uint32_t hookgate_journal_add_image(uint32_t plugin, const void *address);

/* Forgets an image that is about to be unmapped. 0 is nothing to forget. */
void hookgate_journal_remove_image(uint32_t image);

/* How many threads got no slot since the journal began. */
uint64_t hookgate_journal_unmarked(void);

/* ---- The fatal-signal handler. ---- */

/* Has the first fatal signal of this process written to a record, which may lie in any memory that stays mapped; NULL
 * for none any more. The handlers of before are called afterwards; without one the signal ends the process as it would
 * have done.
 * 0, or an errno. */
int hookgate_crash_install(struct hookgate_crash_record *record);

/* Gives the calling thread a stack for signals of its own, unless it has one: without it nothing can be said of an
 * overflow of its stack. It is freed when the thread ends. Threads that mark their calls get one anyway. */
void hookgate_crash_prepare_thread(void);

/* ---- Marks: a few plain stores to the thread's own slot. ---- */

extern __thread struct hookgate_journal_slot *hookgate_journal_own_slot __attribute__((tls_model("initial-exec")));

/* A slot for the calling thread, given back when it ends; one that nobody sees if all are taken. */
struct hookgate_journal_slot *hookgate_journal_claim(void);

/* What the thread was in before, to be given to `hookgate_journal_leave`: hooks call hooks. */
struct hookgate_journal_mark {
    uint64_t mark;
    uint64_t since;
};

/* Notes that this thread enters a plugin. */
static inline struct hookgate_journal_mark hookgate_journal_enter(uint64_t mark, uint64_t since,
                                                                  struct hookgate_journal_request request) {
    struct hookgate_journal_slot *slot = hookgate_journal_own_slot;
    if (__builtin_expect(slot == NULL, 0)) slot = hookgate_journal_claim();
    struct hookgate_journal_mark before = {slot->mark, slot->since};
    slot->request = request;
    slot->since = since;
    /* A thread that is stopped here, for good, has done all that comes before in the program. */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    __atomic_store_n(&slot->mark, mark, __ATOMIC_RELAXED);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    return before;
}

/* Notes that this thread is back where it was. The request needs no change: hooks call hooks for their own one. */
static inline void hookgate_journal_leave(struct hookgate_journal_mark before) {
    struct hookgate_journal_slot *slot = hookgate_journal_own_slot;
    if (__builtin_expect(slot == NULL, 0)) return;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    __atomic_store_n(&slot->mark, before.mark, __ATOMIC_RELAXED);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    slot->since = before.since;
}

#endif
