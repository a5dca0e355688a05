#define _GNU_SOURCE
#include "journal.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Guards everything but the marks: which slots are claimed, the tables, and whether there is a file. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The memory of all slots and tables: mapped once, and never unmapped, for threads keep pointers into it. */
static struct hookgate_journal *journal;
static int has_file;
/* Where the search for a free slot begins. */
static uint32_t next_slot;

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int has_key;

__thread struct hookgate_journal_slot *hookgate_journal_own_slot __attribute__((tls_model("initial-exec")));
/* The slot of a thread for which none was left. */
static __thread struct hookgate_journal_slot private_slot;

static uint64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

struct hookgate_journal *hookgate_journal_current(void) { return journal; }

/* ---- Threads ---- */

static void thread_ends(void *unused) {
    (void)unused;
    struct hookgate_journal_slot *slot = hookgate_journal_own_slot;
    hookgate_journal_own_slot = NULL;
    if (slot != NULL && slot != &private_slot) {
        pthread_mutex_lock(&lock);
        slot->mark = 0;
        slot->tid = 0;
        slot->is_claimed = 0;
        pthread_mutex_unlock(&lock);
    }
    hookgate_crash_release_stack();
}

static void make_key(void) { has_key = pthread_key_create(&key, thread_ends) == 0; }

/* Has `thread_ends` called at the end of this thread. 0 if that cannot be. */
int hookgate_journal_watch_thread(void) {
    pthread_once(&key_once, make_key);
    return has_key && pthread_setspecific(key, &key) == 0;
}

/* The memory that stands in for a file. NULL if the system has none. */
static struct hookgate_journal *reserve(void) {
    if (journal != NULL) return journal;
    void *memory = mmap(NULL, sizeof(struct hookgate_journal), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    return journal = memory;
}

static struct hookgate_journal_slot *free_slot(void) {
    for (uint32_t i = 0; i < HOOKGATE_JOURNAL_SLOTS; i++) {
        uint32_t number = (next_slot + i) % HOOKGATE_JOURNAL_SLOTS;
        if (journal->slots[number].is_claimed) continue;
        next_slot = number + 1;
        return &journal->slots[number];
    }
    return NULL;
}

struct hookgate_journal_slot *hookgate_journal_claim(void) {
    struct hookgate_journal_slot *slot = NULL;
    pthread_mutex_lock(&lock);
    if (reserve() != NULL && hookgate_journal_watch_thread()) {
        slot = free_slot();
        if (slot != NULL) {
            memset(slot, 0, sizeof(*slot));
            slot->tid = (int32_t)syscall(SYS_gettid);
            slot->is_claimed = 1;
        } else {
            journal->header.unmarked++;
        }
    }
    pthread_mutex_unlock(&lock);
    hookgate_crash_prepare_thread();
    return hookgate_journal_own_slot = slot != NULL ? slot : &private_slot;
}

/* ---- The file ---- */

/* Puts other memory, whose content is all zero, into the place of the journal's; claims of living threads move over. */
static int exchange(int flags, int descriptor) {
    struct { uint32_t slot; int32_t tid; } claims[HOOKGATE_JOURNAL_SLOTS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < HOOKGATE_JOURNAL_SLOTS; i++) {
        if (!journal->slots[i].is_claimed) continue;
        claims[count].slot = i;
        claims[count++].tid = journal->slots[i].tid;
    }
    void *memory = mmap(journal, sizeof(*journal), PROT_READ | PROT_WRITE, MAP_FIXED | flags, descriptor, 0);
    if (memory == MAP_FAILED) return errno;
    for (uint32_t i = 0; i < count; i++) {
        journal->slots[claims[i].slot].tid = claims[i].tid;
        journal->slots[claims[i].slot].is_claimed = 1;
    }
    return 0;
}

static void write_header(struct hookgate_journal_header *header) {
    header->magic = HOOKGATE_JOURNAL_MAGIC;
    header->version = HOOKGATE_JOURNAL_VERSION;
    header->header_size = sizeof(*header);
    header->plugin_capacity = HOOKGATE_JOURNAL_PLUGINS;
    header->hook_capacity = HOOKGATE_JOURNAL_HOOKS;
    header->image_capacity = HOOKGATE_JOURNAL_IMAGES;
    header->slot_capacity = HOOKGATE_JOURNAL_SLOTS;
    header->pid = (int32_t)getpid();
    header->wall_time = now(CLOCK_REALTIME);
    header->monotonic_time = now(CLOCK_MONOTONIC);
    __atomic_store_n(&header->state, HOOKGATE_JOURNAL_RUNNING, __ATOMIC_RELEASE);
}

/* Makes the file as long as it has to be, all zero. Its pages are taken from the device now: one that could not be had
 * later would end the process. */
static int make_room(int descriptor) {
    if (ftruncate(descriptor, 0) != 0) return errno;
    return posix_fallocate(descriptor, 0, sizeof(struct hookgate_journal));
}

static int begin(int descriptor) {
    if (has_file) return EBUSY;
    if (reserve() == NULL) return ENOMEM;
    int problem = make_room(descriptor);
    if (problem == 0) problem = exchange(MAP_SHARED, descriptor);
    if (problem != 0) return problem;
    has_file = 1;
    write_header(&journal->header);
    hookgate_crash_watch_ends();
    return hookgate_crash_install(&journal->header.crash);
}

int hookgate_journal_begin(int descriptor) {
    pthread_mutex_lock(&lock);
    int problem = begin(descriptor);
    pthread_mutex_unlock(&lock);
    return problem;
}

void hookgate_journal_end(void) {
    pthread_mutex_lock(&lock);
    if (has_file) {
        hookgate_crash_forget(&journal->header.crash);
        __atomic_store_n(&journal->header.state, HOOKGATE_JOURNAL_CLOSED, __ATOMIC_RELEASE);
        has_file = exchange(MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1) != 0;
    }
    pthread_mutex_unlock(&lock);
}

void hookgate_journal_note_end(void) {
    /* A child that was forked has the same memory, and its end is not that of this process. */
    if (journal == NULL || journal->header.pid != (int32_t)getpid()) return;
    uint32_t running = HOOKGATE_JOURNAL_RUNNING;
    __atomic_compare_exchange_n(&journal->header.state, &running, HOOKGATE_JOURNAL_CLOSED, 0, __ATOMIC_ACQ_REL,
                                __ATOMIC_ACQUIRE);
}

/* ---- Tables ---- */

static int is_same(const char *stored, const char *text, size_t room) { return strncmp(stored, text, room) == 0; }

/* A long text is cut; a full field has no zero. */
static void store(char *field, const char *text, size_t room) { memcpy(field, text, strnlen(text, room)); }

uint32_t hookgate_journal_plugin(const char *digest, const char *name) {
    uint32_t number = 0;
    pthread_mutex_lock(&lock);
    if (has_file) {
        uint32_t count = journal->header.plugin_count;
        struct hookgate_journal_plugin *table = journal->plugins;
        while (number < count && !(is_same(table[number].digest, digest, sizeof(table->digest)) &&
                                   is_same(table[number].name, name, sizeof(table->name)))) {
            number++;
        }
        if (number < count) {
            number++;
        } else if (count < HOOKGATE_JOURNAL_PLUGINS) {
            store(table[count].digest, digest, sizeof(table->digest));
            store(table[count].name, name, sizeof(table->name));
            __atomic_store_n(&journal->header.plugin_count, number = count + 1, __ATOMIC_RELEASE);
        } else {
            number = 0;
        }
    }
    pthread_mutex_unlock(&lock);
    return number;
}

uint32_t hookgate_journal_hook(const char *name) {
    uint32_t number = 0;
    pthread_mutex_lock(&lock);
    if (has_file) {
        uint32_t count = journal->header.hook_count;
        struct hookgate_journal_hook *table = journal->hooks;
        while (number < count && !is_same(table[number].name, name, sizeof(table->name))) number++;
        if (number < count) {
            number++;
        } else if (count < HOOKGATE_JOURNAL_HOOKS) {
            store(table[count].name, name, sizeof(table->name));
            __atomic_store_n(&journal->header.hook_count, number = count + 1, __ATOMIC_RELEASE);
        } else {
            number = 0;
        }
    }
    pthread_mutex_unlock(&lock);
    return number;
}

uint32_t hookgate_journal_add_image(uint32_t plugin, const void *address) {
    struct dl_find_object found;
    if (plugin == 0 || _dl_find_object((void *)address, &found) != 0) return 0;
    uint32_t number = 0;
    pthread_mutex_lock(&lock);
    for (uint32_t i = 0; has_file && number == 0 && i < HOOKGATE_JOURNAL_IMAGES; i++) {
        struct hookgate_journal_image *image = &journal->images[i];
        if (image->start != 0) continue;
        image->end = (uint64_t)(uintptr_t)found.dlfo_map_end;
        image->plugin = plugin;
        __atomic_store_n(&image->start, (uint64_t)(uintptr_t)found.dlfo_map_start, __ATOMIC_RELEASE);
        number = i + 1;
    }
    pthread_mutex_unlock(&lock);
    return number;
}

void hookgate_journal_remove_image(uint32_t image) {
    if (image == 0 || image > HOOKGATE_JOURNAL_IMAGES) return;
    pthread_mutex_lock(&lock);
    if (has_file) __atomic_store_n(&journal->images[image - 1].start, 0, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&lock);
}

uint64_t hookgate_journal_unmarked(void) {
    pthread_mutex_lock(&lock);
    uint64_t unmarked = has_file ? journal->header.unmarked : 0;
    pthread_mutex_unlock(&lock);
    return unmarked;
}
