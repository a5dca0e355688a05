/* Makes a payload block, value by value, in one pass.
 *
 *   hg_builder builder;
 *   hg_builder_in_arena(&builder, call);
 *   hg_begin_object(&builder);
 *   hg_key(&builder, hg_text_of("recipient"));
 *   hg_add_string(&builder, hg_text_of("ada@example.com"));
 *   hg_end(&builder);
 *   const hg_block *reply = hg_finish(&builder);      null if anything failed; builder.status says what
 *
 * The first failure sticks and makes all later calls do nothing, so only the last one needs a check. A builder
 * belongs to one thread at a time. It does not check UTF-8 or unique keys: the receiver's validator does.
 */
#ifndef HOOKGATE_BUILDER_H
#define HOOKGATE_BUILDER_H

#include "block.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a builder gets memory: like realloc. `memory` is null at first; `new_size` 0 frees and answers null.
 * The result is aligned to 8 bytes; null means no memory, and then `memory` stays valid. */
typedef void *(*hg_grow_function)(void *context, void *memory, size_t old_size, size_t new_size);

typedef struct hg_builder {
    hg_grow_function grow;
    void *grow_context;
    uint8_t *bytes; /* the block so far; owned by `grow` */
    size_t size;
    size_t capacity;
    hg_node *nodes; /* finished values whose container is still open; owned by `grow` */
    size_t node_count;
    size_t node_capacity;
    uint32_t open[HG_BLOCK_MAX_DEPTH]; /* index of the first child of every open container */
    uint8_t open_type[HG_BLOCK_MAX_DEPTH];
    uint32_t depth;
    hg_status status; /* HG_OK, or the first failure */
} hg_builder;

/* Memory by malloc and free. */
static inline void *hg_grow_by_realloc(void *context, void *memory, size_t old_size, size_t new_size) {
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(memory);
        return NULL;
    }
    return realloc(memory, new_size);
}

/* Starts a block of at first `capacity` bytes. [any]; `grow` and `context` must outlive the builder. */
static inline void hg_builder_init(hg_builder *builder, hg_grow_function grow, void *context, size_t capacity) {
    builder->grow = grow;
    builder->grow_context = context;
    builder->size = sizeof(hg_block);
    builder->capacity = capacity < 64 ? 64 : capacity;
    builder->node_count = 0;
    builder->node_capacity = 32;
    builder->depth = 0;
    builder->status = HG_OK;
    builder->nodes = NULL;
    builder->bytes = (uint8_t *)grow(context, NULL, 0, builder->capacity);
    if (builder->bytes != NULL)
        builder->nodes = (hg_node *)grow(context, NULL, 0, builder->node_capacity * sizeof(hg_node));
    if (builder->nodes == NULL) builder->status = HG_E_MEMORY;
}

/* Gives the memory back, the finished block's too. */
static inline void hg_builder_release(hg_builder *builder) {
    if (builder->bytes != NULL) builder->grow(builder->grow_context, builder->bytes, builder->capacity, 0);
    if (builder->nodes != NULL)
        builder->grow(builder->grow_context, builder->nodes, builder->node_capacity * sizeof(hg_node), 0);
    builder->bytes = NULL;
    builder->nodes = NULL;
    builder->status = HG_E_STATE;
}

static inline void hg_builder_fail(hg_builder *builder, hg_status status) {
    if (builder->status == HG_OK) builder->status = status;
}

/* Makes room for `count` more bytes of the block. */
static inline int hg_builder_reserve(hg_builder *builder, size_t count) {
    if (builder->status != HG_OK) return 0;
    if (count > UINT32_MAX - 64 - builder->size) { /* offsets and the size have 32 bits */
        hg_builder_fail(builder, HG_E_LIMIT);
        return 0;
    }
    if (count <= builder->capacity - builder->size) return 1;
    size_t needed = builder->size + count;
    size_t capacity = builder->capacity * 2 < needed ? needed : builder->capacity * 2;
    uint8_t *bytes = (uint8_t *)builder->grow(builder->grow_context, builder->bytes, builder->capacity, capacity);
    if (bytes == NULL) {
        hg_builder_fail(builder, HG_E_MEMORY);
        return 0;
    }
    builder->bytes = bytes;
    builder->capacity = capacity;
    return 1;
}

/* Fills up to the next 8-byte boundary with zeros. */
static inline int hg_builder_align(hg_builder *builder) {
    size_t padding = (8 - builder->size % 8) % 8;
    if (!hg_builder_reserve(builder, padding)) return 0;
    memset(builder->bytes + builder->size, 0, padding);
    builder->size += padding;
    return 1;
}

/* Takes a finished value into the open container. */
static inline void hg_builder_push(hg_builder *builder, uint8_t type, uint32_t count, uint64_t bits) {
    if (builder->status != HG_OK) return;
    if (builder->depth == 0 && builder->node_count != 0) {
        hg_builder_fail(builder, HG_E_STATE); /* a second root */
        return;
    }
    if (builder->node_count == builder->node_capacity) {
        size_t old_size = builder->node_capacity * sizeof(hg_node);
        void *nodes = builder->grow(builder->grow_context, builder->nodes, old_size, old_size * 2);
        if (nodes == NULL) {
            hg_builder_fail(builder, HG_E_MEMORY);
            return;
        }
        builder->nodes = (hg_node *)nodes;
        builder->node_capacity *= 2;
    }
    hg_node *node = builder->nodes + builder->node_count++;
    memset(node, 0, sizeof(*node));
    node->type = type;
    node->count = count;
    node->bits = bits;
}

static inline void hg_builder_push_text(hg_builder *builder, uint8_t type, hg_slice text) {
    if (!hg_builder_reserve(builder, text.size)) return;
    uint64_t offset = text.size == 0 ? 0 : builder->size;
    if (text.size != 0) memcpy(builder->bytes + builder->size, text.data, text.size);
    builder->size += text.size;
    hg_builder_push(builder, type, (uint32_t)text.size, offset);
}

/* 1 if the open object has a key that waits for its value. */
static inline int hg_builder_has_key(const hg_builder *builder) {
    return (builder->node_count - builder->open[builder->depth - 1]) % 2 == 1;
}

/* Checks that a value may come now. */
static inline int hg_builder_expects_value(hg_builder *builder) {
    if (builder->status != HG_OK) return 0;
    if (builder->depth > 0 && builder->open_type[builder->depth - 1] == HG_OBJECT && !hg_builder_has_key(builder)) {
        hg_builder_fail(builder, HG_E_STATE);
        return 0;
    }
    return 1;
}

/* The key of the next value; only inside an object. The bytes are copied. */
static inline void hg_key(hg_builder *builder, hg_slice key) {
    if (builder->status != HG_OK) return;
    if (builder->depth == 0 || builder->open_type[builder->depth - 1] != HG_OBJECT || hg_builder_has_key(builder)) {
        hg_builder_fail(builder, HG_E_STATE);
        return;
    }
    hg_builder_push_text(builder, HG_STRING, key);
}

static inline void hg_add_null(hg_builder *builder) {
    if (hg_builder_expects_value(builder)) hg_builder_push(builder, HG_NULL, 0, 0);
}

static inline void hg_add_bool(hg_builder *builder, int value) {
    if (hg_builder_expects_value(builder)) hg_builder_push(builder, HG_BOOL, 0, value != 0);
}

static inline void hg_add_int64(hg_builder *builder, int64_t value) {
    if (hg_builder_expects_value(builder)) hg_builder_push(builder, HG_INT64, 0, (uint64_t)value);
}

/* Infinities and NaN are HG_E_ARGUMENT: JSON cannot write them. */
static inline void hg_add_double(hg_builder *builder, double value) {
    uint64_t bits;
    if (!hg_builder_expects_value(builder)) return;
    if (value - value != 0) {
        hg_builder_fail(builder, HG_E_ARGUMENT);
        return;
    }
    memcpy(&bits, &value, sizeof(bits));
    hg_builder_push(builder, HG_DOUBLE, 0, bits);
}

/* The text of a JSON number; copied. */
static inline void hg_add_number(hg_builder *builder, hg_slice text) {
    if (hg_builder_expects_value(builder)) hg_builder_push_text(builder, HG_NUMBER, text);
}

/* UTF-8 text; copied. */
static inline void hg_add_string(hg_builder *builder, hg_slice text) {
    if (hg_builder_expects_value(builder)) hg_builder_push_text(builder, HG_STRING, text);
}

/* Any bytes; copied. */
static inline void hg_add_bytes(hg_builder *builder, hg_slice bytes) {
    if (hg_builder_expects_value(builder)) hg_builder_push_text(builder, HG_BYTES, bytes);
}

static inline void hg_builder_begin(hg_builder *builder, uint8_t type) {
    if (!hg_builder_expects_value(builder)) return;
    if (builder->depth == 0 && builder->node_count != 0) {
        hg_builder_fail(builder, HG_E_STATE);
        return;
    }
    if (builder->depth == HG_BLOCK_MAX_DEPTH) {
        hg_builder_fail(builder, HG_E_LIMIT);
        return;
    }
    builder->open[builder->depth] = (uint32_t)builder->node_count;
    builder->open_type[builder->depth] = type;
    builder->depth++;
}

static inline void hg_begin_object(hg_builder *builder) { hg_builder_begin(builder, HG_OBJECT); }

static inline void hg_begin_array(hg_builder *builder) { hg_builder_begin(builder, HG_ARRAY); }

/* Ends the container that was begun last. */
static inline void hg_end(hg_builder *builder) {
    if (builder->status != HG_OK) return;
    if (builder->depth == 0) {
        hg_builder_fail(builder, HG_E_STATE);
        return;
    }
    uint8_t type = builder->open_type[builder->depth - 1];
    uint32_t first = builder->open[builder->depth - 1];
    if (type == HG_OBJECT && hg_builder_has_key(builder)) {
        hg_builder_fail(builder, HG_E_STATE);
        return;
    }
    size_t count = builder->node_count - first;
    uint64_t offset = 0;
    if (count != 0) {
        if (!hg_builder_align(builder) || !hg_builder_reserve(builder, count * sizeof(hg_node))) return;
        offset = builder->size;
        memcpy(builder->bytes + builder->size, builder->nodes + first, count * sizeof(hg_node));
        builder->size += count * sizeof(hg_node);
    }
    builder->node_count = first;
    builder->depth--;
    hg_builder_push(builder, type, (uint32_t)(type == HG_OBJECT ? count / 2 : count), offset);
}

/* A copy of a value of another (validated) block, with all that is in it. No value is HG_E_ARGUMENT. */
static inline void hg_add_value(hg_builder *builder, hg_value value) {
    uint8_t type = hg_type(value);
    if (type == HG_ARRAY || type == HG_OBJECT) {
        uint32_t count = hg_count(value);
        hg_builder_begin(builder, type);
        for (uint32_t i = 0; i < count && builder->status == HG_OK; i++) {
            if (type == HG_OBJECT) hg_key(builder, hg_key_at(value, i));
            hg_add_value(builder, hg_at(value, i));
        }
        hg_end(builder);
    } else if (type == HG_STRING || type == HG_NUMBER || type == HG_BYTES) {
        if (hg_builder_expects_value(builder)) hg_builder_push_text(builder, type, hg_text(value));
    } else if (type != HG_MISSING) {
        if (hg_builder_expects_value(builder)) hg_builder_push(builder, type, 0, value.node->bits);
    } else {
        hg_builder_fail(builder, HG_E_ARGUMENT);
    }
}

/* Ends the block: exactly one value must have been added. The result lies in the builder's memory; null if
 * something failed, and `status` says what. */
static inline const hg_block *hg_finish(hg_builder *builder) {
    if (builder->status == HG_OK && (builder->depth != 0 || builder->node_count != 1))
        hg_builder_fail(builder, HG_E_STATE);
    if (!hg_builder_align(builder) || !hg_builder_reserve(builder, sizeof(hg_node))) return NULL;
    size_t root = builder->size;
    memcpy(builder->bytes + root, builder->nodes, sizeof(hg_node));
    builder->size += sizeof(hg_node);
    hg_block *block = (hg_block *)(void *)builder->bytes;
    block->magic = HG_BLOCK_MAGIC;
    block->version = HG_BLOCK_VERSION;
    block->reserved = 0;
    block->size = (uint32_t)builder->size;
    block->root = (uint32_t)root;
    return block;
}

#ifdef __cplusplus
}
#endif

#endif
