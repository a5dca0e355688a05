/* Does what the field `do` of its payload says, also what no plugin should do:
 *
 * pid             shows its process as metadata
 * reply           replies with `count` letters as `text`
 * size            shows the bytes of `text` as metadata
 * sleep           sleeps `count` milliseconds, whatever anybody says
 * obey            waits until nobody waits for it any more
 * abort           ends its process
 * abort once      the same, unless the file `flag` of its configuration is there already, which it makes
 * print, log      writes `count` lines
 * close output    closes its output
 * close hearing   closes all but its output
 * close all       closes all that it has
 * fork            starts a process that lives on, and shows it as metadata
 * say             writes `text` as `count` messages where the worker speaks to the gateway
 * forget          makes the gateway believe that its call has not begun, and ends its process
 * claim           answers at once, in the worker's place, that its time is over, and never returns
 * invoke          runs the hook `work` with `count` letters to reply, and shows how many came back */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct works {
    char flag[1024];
};

static void show(hg_call *call, const char *key, int64_t value) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_int64(&builder, value);
    call->host->metadata(call, hg_text_of(key), hg_finish(&builder));
}

static hg_status reply(hg_call *call, int64_t count) {
    char *text = malloc((size_t)count + 1);
    memset(text, 'a', (size_t)count);
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("text"));
    hg_add_string(&builder, hg_slice_of(text, (size_t)count));
    hg_end(&builder);
    const hg_block *block = hg_finish(&builder);
    free(text);
    return block == NULL ? HG_E_MEMORY : call->host->reply(call, block);
}

static void show_outcome(void *context, const hg_block *outcome) {
    hg_call *call = context;
    hg_value payload = hg_get_text(hg_root(outcome), "modified_payload");
    show(call, "letters", (int64_t)hg_text(hg_get_text(payload, "text")).size);
    call->host->complete(call, HG_OK);
}

static hg_status invoke(hg_call *call, int64_t count) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("do"));
    hg_add_string(&builder, hg_text_of("reply"));
    hg_key(&builder, hg_text_of("count"));
    hg_add_int64(&builder, count);
    hg_end(&builder);
    hg_status status = call->host->invoke(call, hg_text_of("work"), hg_finish(&builder), show_outcome, call);
    return status == HG_OK ? HG_PENDING : status;
}

/* The memory that the worker shares with the gateway: see RegionGeometry and WorkerMemory. */
enum { CONTROL = 3, EVENT = 6, OTHER_EVENT = 7, SLOTS = 64, HEADERS = 1024, HEADER_BYTES = 64, AREAS = 12288 };

static uint8_t *region(const char *name) {
    char line[512];
    unsigned long start = 0;
    FILE *maps = fopen("/proc/self/maps", "re");
    while (fgets(line, sizeof(line), maps) != NULL)
        if (strstr(line, name) != NULL) sscanf(line, "%lx", &start);
    fclose(maps);
    return (uint8_t *)start;
}

static void publish(uint8_t *word, uint32_t value) { __atomic_store_n((uint32_t *)word, value, __ATOMIC_SEQ_CST); }

/* The first slot is that of the only call. */
static void forget(void) {
    publish(region("memfd:hookgate-replies") + HEADERS, 0);
    abort();
}

static void claim_timeout(void) {
    static const char message[] = "too late";
    uint8_t *replies = region("memfd:hookgate-replies"), *header = replies + HEADERS;
    hg_builder builder;
    hg_builder_init(&builder, hg_grow_by_realloc, NULL, 256);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("code"));
    hg_add_string(&builder, hg_text_of("PLUGIN_TIMEOUT"));
    hg_key(&builder, hg_text_of("message"));
    hg_add_string(&builder, hg_text_of(message));
    hg_end(&builder);
    const hg_block *block = hg_finish(&builder);
    memcpy(replies + AREAS, block, block->size);
    struct {
        uint64_t offset;
        uint32_t status, reply_bytes, effects_bytes;
    } result = {AREAS, 1, 0, (uint32_t)block->size};
    memcpy(header + 8, &result, 20);
    publish(header + 4, *(uint32_t *)(region("memfd:hookgate-requests") + HEADERS));
    uint64_t one = 1;
    if (write(EVENT, &one, 8) < 0 || write(OTHER_EVENT, &one, 8) < 0) abort();
    for (;;) pause();
}

static hg_status hook(void *self, hg_call *call) {
    struct works *works = self;
    hg_value root = hg_root(call->payload);
    hg_slice what = hg_text(hg_get_text(root, "do"));
    int64_t count = 0;
    hg_int64(hg_get_text(root, "count"), &count);
#define IS(text) (what.size == sizeof(text) - 1 && memcmp(what.data, text, what.size) == 0)
    if (IS("pid")) show(call, "pid", getpid());
    if (IS("reply")) return reply(call, count);
    if (IS("size")) show(call, "size", (int64_t)hg_text(hg_get_text(root, "text")).size);
    if (IS("sleep")) usleep((useconds_t)count * 1000);
    if (IS("obey"))
        while (!call->host->cancelled(call)) usleep(1000);
    if (IS("abort") || (IS("abort once") && open(works->flag, O_CREAT | O_EXCL | O_WRONLY, 0600) >= 0)) abort();
    if (IS("print")) {
        for (int64_t line = 0; line < count; line++) printf("line %lld\n", (long long)line);
        fflush(stdout);
    }
    if (IS("log")) {
        for (int64_t line = 0; line < count; line++) {
            char text[32];
            snprintf(text, sizeof(text), "line %lld", (long long)line);
            call->host->log(call->host, HG_LOG_INFO, hg_text_of(text));
        }
    }
    if (IS("close output")) {
        close(1);
        close(2);
    }
    if (IS("close hearing") || IS("close all"))
        for (int descriptor = IS("close all") ? 0 : 3; descriptor < 1024; descriptor++) close(descriptor);
    if (IS("fork")) {
        pid_t child = fork();
        while (child == 0) pause();
        show(call, "pid", child);
    }
    if (IS("say")) {
        hg_slice text = hg_text(hg_get_text(root, "text"));
        for (int64_t i = 0; i < count; i++)
            if (write(CONTROL, text.data, text.size) < 0) abort();
    }
    if (IS("forget")) forget();
    if (IS("claim")) claim_timeout();
    return IS("invoke") ? invoke(call, count) : HG_OK;
}

static void destroy(void *self) { free(self); }

MANIFEST("works", "\"work\"")

ENTRY {
    struct works *self = calloc(1, sizeof(*self));
    snprintf(self->flag, sizeof(self->flag), "%s", text_in(config, "flag"));
    hg_plugin_init(plugin, "works", "1.0.0", self);
    plugin->destroy = destroy;
    return hg_add_hook(host, registrar, "work", HG_MAY_BLOCK | HG_MAY_SUSPEND | HG_MAY_MODIFY, hook);
}
