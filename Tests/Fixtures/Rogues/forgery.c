/* Deeds against the protocol: the plugin finds the memory that its worker shares with the gateway, and answers its call
 * there itself, by what no worker would write.
 *
 * The layout is that of Sources/WorkerProtocol/Memory: RegionGeometry and WorkerMemory. */
#include "rogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    SLOTS = 64,
    QUESTIONS = 64,
    HEADERS = 1024,     /* where the slots' headers begin */
    HEADER_BYTES = 64,
    AREAS = 12288,      /* where the slots' areas begin */
    AREA_BYTES = 128 << 10,
    QUESTION_AREA = AREAS + SLOTS * AREA_BYTES,
    QUESTION_COUNT = 76, /* the word of the second region that counts questions */
    EVENT = 6,          /* the descriptors by which a worker has the gateway look */
    OTHER_EVENT = 7
};

/* The result of a call, at byte 8 of its slot's header. */
struct result {
    uint64_t offset;
    uint32_t status;
    uint32_t reply_bytes;
    uint32_t effects_bytes;
};

struct memory {
    uint8_t *requests;
    uint8_t *replies;
    size_t size;
    unsigned slot;
    uint32_t sequence;
};

static uint8_t *header(uint8_t *region, unsigned slot) { return region + HEADERS + slot * HEADER_BYTES; }

static uint32_t word(const uint8_t *address) { return __atomic_load_n((const uint32_t *)address, __ATOMIC_SEQ_CST); }

static void publish(uint8_t *address, uint32_t value) {
    __atomic_store_n((uint32_t *)address, value, __ATOMIC_SEQ_CST);
}

/* Finds both regions by their names, and the slot whose call has begun and has not ended. */
static int find(struct memory *memory) {
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "re");
    if (maps == NULL) return 0;
    memset(memory, 0, sizeof(*memory));
    while (fgets(line, sizeof(line), maps) != NULL) {
        unsigned long start, end;
        if (sscanf(line, "%lx-%lx", &start, &end) != 2) continue;
        if (strstr(line, "memfd:hookgate-requests") != NULL) memory->requests = (uint8_t *)start;
        if (strstr(line, "memfd:hookgate-replies") != NULL) {
            memory->replies = (uint8_t *)start;
            memory->size = end - start;
        }
    }
    fclose(maps);
    if (memory->requests == NULL || memory->replies == NULL) return 0;
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        uint32_t sequence = word(header(memory->requests, slot));
        const uint8_t *own = header(memory->replies, slot);
        if (sequence == 0 || word(own) != sequence || word(own + 4) == sequence) continue;
        memory->slot = slot;
        memory->sequence = sequence;
        return 1;
    }
    return 0;
}

static size_t area(const struct memory *memory) { return AREAS + (size_t)memory->slot * AREA_BYTES; }

static void tell(void) {
    uint64_t one = 1;
    if (write(EVENT, &one, sizeof(one)) < 0 || write(OTHER_EVENT, &one, sizeof(one)) < 0) abort();
}

/* Publishes a result, has the gateway look, and never returns: the worker would answer, too. */
static const char *publish_result(const struct memory *memory, struct result result) {
    memcpy(header(memory->replies, memory->slot) + 8, &result, sizeof(result));
    publish(header(memory->replies, memory->slot) + 4, memory->sequence);
    tell();
    hold_for_ever();
    return "held";
}

static const char *not_found(void) { return "the worker's memory was not found"; }

/* MARK: Results that lie */

const char *forge_garbage(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    /* All slots and areas, but not the questions, whose own deed is below. */
    unsigned random = 1;
    uint32_t *areas = (uint32_t *)(memory.replies + AREAS);
    for (size_t i = 0; i < (SLOTS + QUESTIONS) * (size_t)AREA_BYTES / 4; i++) areas[i] = (uint32_t)rand_r(&random) * 3;
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        for (size_t i = 8; i < HEADER_BYTES; i++) header(memory.replies, slot)[i] = (uint8_t)rand_r(&random);
    }
    struct result result;
    for (size_t i = 0; i < sizeof(result); i++) ((uint8_t *)&result)[i] = (uint8_t)rand_r(&random);
    return publish_result(&memory, result);
}

const char *forge_offset(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    return publish_result(&memory, (struct result){.offset = memory.size + 4096, .reply_bytes = 64});
}

const char *forge_length(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    return publish_result(&memory, (struct result){.offset = area(&memory), .reply_bytes = UINT32_MAX - 7});
}

/* MARK: Blocks that lie */

/* An empty object, whose size and root are to be set. */
static hg_block *begin_block(const struct memory *memory, uint32_t size, uint32_t root) {
    hg_block *block = (hg_block *)(memory->replies + area(memory));
    memset(block, 0, size);
    *block = (hg_block){.magic = HG_BLOCK_MAGIC, .version = HG_BLOCK_VERSION, .size = size, .root = root};
    return block;
}

static hg_node *node(hg_block *block, uint32_t offset) { return (hg_node *)((uint8_t *)block + offset); }

static const char *publish_block(const struct memory *memory, uint32_t bytes) {
    return publish_result(memory, (struct result){.offset = area(memory), .reply_bytes = bytes});
}

/* The block says that it goes on behind what the result names. */
const char *forge_size(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    hg_block *block = begin_block(&memory, 32, 16);
    *node(block, 16) = (hg_node){.type = HG_OBJECT};
    block->size = 1 << 20;
    return publish_block(&memory, 32);
}

/* Two containers have the same child: {"a": [null], "b": [null]}, of which there is one null. */
const char *forge_shared_node(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    hg_block *block = begin_block(&memory, 128, 112);
    memcpy((uint8_t *)block + 16, "ab", 2);
    *node(block, 24) = (hg_node){.type = HG_NULL};
    *node(block, 40) = (hg_node){.type = HG_STRING, .count = 1, .bits = 16};
    *node(block, 56) = (hg_node){.type = HG_ARRAY, .count = 1, .bits = 24};
    *node(block, 72) = (hg_node){.type = HG_STRING, .count = 1, .bits = 17};
    *node(block, 88) = (hg_node){.type = HG_ARRAY, .count = 1, .bits = 24};
    *node(block, 112) = (hg_node){.type = HG_OBJECT, .count = 2, .bits = 40};
    return publish_block(&memory, 128);
}

/* An array is its own child: {"a": [[[…]]]}. */
const char *forge_cycle(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    hg_block *block = begin_block(&memory, 72, 56);
    memcpy((uint8_t *)block + 16, "a", 1);
    *node(block, 24) = (hg_node){.type = HG_STRING, .count = 1, .bits = 16};
    *node(block, 40) = (hg_node){.type = HG_ARRAY, .count = 1, .bits = 40};
    *node(block, 56) = (hg_node){.type = HG_OBJECT, .count = 1, .bits = 24};
    return publish_block(&memory, 72);
}

/* MARK: Questions that lie */

/* Asks what the question's header says. */
static void ask(const struct memory *memory, uint8_t *question) {
    publish(question, word(question) + 1);
    publish(memory->replies + QUESTION_COUNT, word(memory->replies + QUESTION_COUNT) + 1);
}

/* A question of a call that there is none of, with a name and a payload that lie nowhere. */
const char *forge_question(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    for (unsigned question = 0; question < QUESTIONS; question++) {
        uint8_t *own = header(memory.replies, SLOTS + question);
        memset(own + 8, 0xA5, HEADER_BYTES - 8);
        ask(&memory, own);
    }
    tell();
    hold_for_ever();
    return "held";
}

/* Questions without end, each well formed, of a call that there is none of. */
const char *forge_questions(hg_call *call) {
    struct memory memory;
    if (!find(&memory)) return not_found();
    struct {
        uint64_t offset;
        uint32_t slot, sequence, name_bytes, payload_bytes;
    } question = {.offset = QUESTION_AREA, .slot = SLOTS - 1, .name_bytes = 1, .payload_bytes = 32};
    uint8_t *area = memory.replies + QUESTION_AREA, *own = header(memory.replies, SLOTS);
    area[0] = 'x';
    hg_block *payload = (hg_block *)(area + 8);
    *payload = (hg_block){.magic = HG_BLOCK_MAGIC, .version = HG_BLOCK_VERSION, .size = 32, .root = 16};
    *node(payload, 16) = (hg_node){.type = HG_OBJECT};
    memcpy(own + 8, &question, sizeof(question));
    for (;;) {
        ask(&memory, own);
        if (word(own) % 1024 == 1) tell();
    }
}
