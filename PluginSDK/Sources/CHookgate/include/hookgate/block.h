/* The payload block: one contiguous, position-independent piece of memory that holds a tree of values.
 *
 * Layout (little endian, the block starts at an 8-byte boundary, its size is a multiple of 8):
 *
 *   hg_block   16 bytes   magic, version, size of the whole block, offset of the root node
 *   the rest              nodes (16 bytes, 8-byte aligned) and texts, in any order, never overlapping
 *
 * All references are offsets from the block's start, and all point backward: a child or a text lies before the
 * node that refers to it. The children of an array are `count` nodes in a row; those of an object are `count`
 * pairs of nodes, a key (HG_STRING) and its value. Keys of one object are unique. Every node but the root has
 * exactly one parent. Strings are UTF-8. Containers nest at most HG_BLOCK_MAX_DEPTH deep. An empty text or
 * container has the offset 0. Unused bytes of a node are 0.
 *
 * The accessors below trust the block. The runtime checks every block before a plugin sees it, and every block
 * that a plugin hands over. They are pure functions: [any] thread, as long as the block is not freed.
 */
#ifndef HOOKGATE_BLOCK_H
#define HOOKGATE_BLOCK_H

#include "slice.h"

#include <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HG_BLOCK_MAGIC 0x31424748u /* "HGB1" */
#define HG_BLOCK_VERSION 1
#define HG_BLOCK_MAX_DEPTH 128

typedef struct hg_block {
    uint32_t magic;    /* HG_BLOCK_MAGIC */
    uint16_t version;  /* HG_BLOCK_VERSION */
    uint16_t reserved; /* 0 */
    uint32_t size;     /* bytes, this header included; a multiple of 8 */
    uint32_t root;     /* offset of the root node */
} hg_block;

enum {
    HG_MISSING = 0, /* not a node: what an accessor answers when there is no value */
    HG_NULL = 1,
    HG_BOOL = 2,   /* bits: 0 or 1 */
    HG_INT64 = 3,  /* bits: two's complement */
    HG_DOUBLE = 4, /* bits: IEEE 754, finite */
    HG_NUMBER = 5, /* a JSON number kept as its text: count bytes at offset bits */
    HG_STRING = 6, /* count bytes of UTF-8 at offset bits */
    HG_BYTES = 7,  /* count bytes at offset bits */
    HG_ARRAY = 8,  /* count nodes at offset bits */
    HG_OBJECT = 9  /* count pairs of nodes at offset bits */
};

typedef struct hg_node {
    uint8_t type;        /* one of the above, never HG_MISSING */
    uint8_t reserved[3]; /* 0 */
    uint32_t count;      /* bytes, elements or entries; 0 for the other types */
    uint64_t bits;       /* the value, or an offset */
} hg_node;

HG_STATIC_ASSERT(sizeof(hg_block) == 16, "hg_block is 16 bytes");
HG_STATIC_ASSERT(offsetof(hg_block, size) == 8 && offsetof(hg_block, root) == 12, "layout of hg_block");
HG_STATIC_ASSERT(sizeof(hg_node) == 16, "hg_node is 16 bytes");
HG_STATIC_ASSERT(offsetof(hg_node, count) == 4 && offsetof(hg_node, bits) == 8, "layout of hg_node");

/* A value inside a block; `node` is null when there is none. Valid as long as the block. */
typedef struct hg_value {
    const hg_block *block;
    const hg_node *node;
} hg_value;

/* How a number came out. */
enum {
    HG_NUMBER_NONE = 0,    /* the value is no number, or is out of the range of the result */
    HG_NUMBER_EXACT = 1,   /* the result is the number */
    HG_NUMBER_INEXACT = 2  /* the result is near the number: a fraction was cut, or digits were rounded */
};

static inline hg_value hg_value_at_offset(const hg_block *block, uint64_t offset) {
    hg_value value;
    value.block = block;
    value.node = (const hg_node *)(const void *)((const uint8_t *)block + offset);
    return value;
}

/* The value that is not there. */
static inline hg_value hg_no_value(void) {
    hg_value value;
    value.block = NULL;
    value.node = NULL;
    return value;
}

/* The root of a block; no value if `block` is null. */
static inline hg_value hg_root(const hg_block *block) {
    return block == NULL ? hg_no_value() : hg_value_at_offset(block, block->root);
}

static inline uint8_t hg_type(hg_value value) { return value.node == NULL ? (uint8_t)HG_MISSING : value.node->type; }

/* Elements of an array or entries of an object; 0 for everything else. */
static inline uint32_t hg_count(hg_value value) {
    uint8_t type = hg_type(value);
    return type == HG_ARRAY || type == HG_OBJECT ? value.node->count : 0;
}

/* Element `index` of an array, or the value of entry `index` of an object; no value beyond the end. */
static inline hg_value hg_at(hg_value value, uint32_t index) {
    if (index >= hg_count(value)) return hg_no_value();
    uint64_t stride = value.node->type == HG_OBJECT ? 2 * sizeof(hg_node) : sizeof(hg_node);
    uint64_t first = value.node->type == HG_OBJECT ? sizeof(hg_node) : 0;
    return hg_value_at_offset(value.block, value.node->bits + first + index * stride);
}

/* The bytes of a string, a number kept as text, or bytes; an empty slice for everything else. */
static inline hg_slice hg_text(hg_value value) {
    uint8_t type = hg_type(value);
    if (type != HG_STRING && type != HG_NUMBER && type != HG_BYTES) return hg_slice_of(NULL, 0);
    return hg_slice_of((const uint8_t *)value.block + value.node->bits, value.node->count);
}

/* The key of entry `index` of an object; an empty slice if there is none. */
static inline hg_slice hg_key_at(hg_value object, uint32_t index) {
    if (hg_type(object) != HG_OBJECT || index >= object.node->count) return hg_slice_of(NULL, 0);
    return hg_text(hg_value_at_offset(object.block, object.node->bits + index * (2 * sizeof(hg_node))));
}

/* The value of an object's key; no value if `object` is no object or lacks the key. Linear in the entries. */
static inline hg_value hg_get(hg_value object, hg_slice key) {
    if (hg_type(object) != HG_OBJECT) return hg_no_value();
    const uint8_t *base = (const uint8_t *)object.block;
    const hg_node *entry = (const hg_node *)(const void *)(base + object.node->bits);
    for (uint32_t i = 0; i < object.node->count; i++, entry += 2) {
        if (entry->count == key.size && (key.size == 0 || memcmp(base + entry->bits, key.data, key.size) == 0)) {
            hg_value value;
            value.block = object.block;
            value.node = entry + 1;
            return value;
        }
    }
    return hg_no_value();
}

/* The same with a NUL-terminated key. */
static inline hg_value hg_get_text(hg_value object, const char *key) { return hg_get(object, hg_text_of(key)); }

/* 1 and the value in `out` if it is a boolean, else 0. */
static inline int hg_bool(hg_value value, int *out) {
    if (hg_type(value) != HG_BOOL) return 0;
    *out = value.node->bits != 0;
    return 1;
}

/* The parts of a decimal number: the first 19 digits that count, and the number is about digits x 10^exponent. */
typedef struct hg_decimal {
    uint64_t digits;
    int64_t exponent;
    int negative;
    int cut; /* 1 if digits other than 0 did not fit */
} hg_decimal;

/* Reads the text of a JSON number, which a validated HG_NUMBER is. */
static inline hg_decimal hg_decimal_of(hg_slice text) {
    hg_decimal result = {0, 0, 0, 0};
    size_t i = 0;
    int fraction = 0, kept = 0;
    if (i < text.size && text.data[i] == '-') {
        result.negative = 1;
        i++;
    }
    for (; i < text.size; i++) {
        uint8_t byte = text.data[i];
        if (byte == '.') {
            fraction = 1;
        } else if (byte < '0' || byte > '9') {
            break;
        } else if (kept < 19) {
            result.digits = result.digits * 10 + (uint64_t)(byte - '0');
            if (result.digits != 0) kept++;
            result.exponent -= fraction;
        } else {
            if (byte != '0') result.cut = 1;
            result.exponent += 1 - fraction;
        }
    }
    if (i < text.size) { /* 'e' or 'E' */
        int64_t exponent = 0;
        int negative = 0;
        for (i++; i < text.size; i++) {
            if (text.data[i] == '-') negative = 1;
            if (text.data[i] >= '0' && text.data[i] <= '9' && exponent < 100000000)
                exponent = exponent * 10 + (text.data[i] - '0');
        }
        result.exponent += negative ? -exponent : exponent;
    }
    return result;
}

/* The parts as int64, as hg_int64 says. */
static inline int hg_int64_of_decimal(hg_decimal decimal, int64_t *out) {
    int inexact = decimal.cut;
    while (decimal.exponent < 0 && decimal.digits != 0) {
        if (decimal.digits % 10 != 0) inexact = 1;
        decimal.digits /= 10;
        decimal.exponent++;
    }
    while (decimal.exponent > 0 && decimal.digits != 0) {
        if (decimal.digits > UINT64_MAX / 10) return HG_NUMBER_NONE;
        decimal.digits *= 10;
        decimal.exponent--;
    }
    if (decimal.digits > (uint64_t)INT64_MAX + (uint64_t)decimal.negative) return HG_NUMBER_NONE;
    *out = (int64_t)(decimal.negative ? 0 - decimal.digits : decimal.digits);
    return inexact ? HG_NUMBER_INEXACT : HG_NUMBER_EXACT;
}

/* Reads the text of a JSON number as int64, as hg_int64 says. */
static inline int hg_int64_of_text(hg_slice text, int64_t *out) {
    return hg_int64_of_decimal(hg_decimal_of(text), out);
}

/* Reads the text of a JSON number as double, as hg_double says. */
static inline int hg_double_of_text(hg_slice text, double *out) {
    enum { MOST_DIGITS = 800 }; /* what comes behind so many decides only whether there is more than they say */
    hg_decimal decimal = hg_decimal_of(text);
    int64_t whole = 0;
    char copy[MOST_DIGITS + 32]; /* digits and exponent without a point: strtod reads them alike in every locale */
    size_t length = 0;
    int more = 0;
    if (hg_int64_of_decimal(decimal, &whole) == HG_NUMBER_EXACT && whole >= -(INT64_C(1) << 53) &&
        whole <= (INT64_C(1) << 53)) {
        *out = whole == 0 && decimal.negative ? -0.0 : (double)whole;
        return HG_NUMBER_EXACT;
    }
    for (size_t i = 0; i < text.size && text.data[i] != 'e' && text.data[i] != 'E'; i++) {
        uint8_t byte = text.data[i];
        if (byte < '0' || byte > '9' || (byte == '0' && length == 0)) continue;
        if (length < MOST_DIGITS)
            copy[length++] = (char)byte;
        else if (byte != '0')
            more = 1;
    }
    if (more) copy[length++] = '1';
    if (length > 19) decimal.exponent -= (int64_t)length - 19; /* hg_decimal counts from its last digit */
    copy[length++] = 'e';
    if (decimal.exponent < 0) copy[length++] = '-';
    char reversed[20];
    int places = 0;
    for (int64_t rest = decimal.exponent; rest != 0 || places == 0; rest /= 10)
        reversed[places++] = (char)('0' + (rest < 0 ? -(rest % 10) : rest % 10));
    while (places > 0) copy[length++] = reversed[--places];
    copy[length] = '\0';
    double number = strtod(copy, NULL);
    if (number - number != 0) return HG_NUMBER_NONE; /* infinity */
    *out = decimal.negative ? -number : number;
    return HG_NUMBER_INEXACT;
}

/* Reads any of the three number types as int64. A fraction is cut towards zero and reported as inexact; a number
 * beyond int64 is HG_NUMBER_NONE. */
static inline int hg_int64(hg_value value, int64_t *out) {
    switch (hg_type(value)) {
    case HG_INT64:
        memcpy(out, &value.node->bits, sizeof(*out));
        return HG_NUMBER_EXACT;
    case HG_DOUBLE: {
        double number;
        memcpy(&number, &value.node->bits, sizeof(number));
        if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0)) return HG_NUMBER_NONE;
        *out = (int64_t)number;
        return (double)*out == number ? HG_NUMBER_EXACT : HG_NUMBER_INEXACT;
    }
    case HG_NUMBER:
        return hg_int64_of_text(hg_text(value), out);
    default:
        return HG_NUMBER_NONE;
    }
}

/* Reads any of the three number types as double, rounded to nearest. Exact is said only of what certainly is:
 * doubles, and whole numbers up to 2^53 however they are written. A number beyond the range of double is
 * HG_NUMBER_NONE; one too near to 0 is an inexact 0. */
static inline int hg_double(hg_value value, double *out) {
    switch (hg_type(value)) {
    case HG_DOUBLE:
        memcpy(out, &value.node->bits, sizeof(*out));
        return HG_NUMBER_EXACT;
    case HG_INT64: {
        int64_t integer;
        memcpy(&integer, &value.node->bits, sizeof(integer));
        *out = (double)integer;
        return integer >= -(INT64_C(1) << 53) && integer <= (INT64_C(1) << 53) ? HG_NUMBER_EXACT : HG_NUMBER_INEXACT;
    }
    case HG_NUMBER:
        return hg_double_of_text(hg_text(value), out);
    default:
        return HG_NUMBER_NONE;
    }
}

#ifdef __cplusplus
}
#endif

#endif
