/* Borrowed bytes, status codes and the ABI's version. */
#ifndef HOOKGATE_SLICE_H
#define HOOKGATE_SLICE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* While the major is 0 it may change in any release. From 1 on, what is released never changes: tables grow at
 * their end, and the minor counts the growth. */
#define HG_ABI_MAJOR 0
#define HG_ABI_MINOR 2

#ifdef __cplusplus
#define HG_STATIC_ASSERT(condition, message) static_assert(condition, message)
extern "C" {
#else
#define HG_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#endif

/* Borrowed UTF-8 text or bytes, not NUL-terminated. `data` may be null when `size` is 0. How long it may be read
 * is said where it is used. */
typedef struct hg_slice {
    const uint8_t *data;
    size_t size;
} hg_slice;

/* 0 is success, positive values are verdicts, negative values are failures. An unknown value is a failure. */
typedef int32_t hg_status;

enum {
    HG_OK = 0,             /* done */
    HG_PENDING = 1,        /* a hook only: it goes on, and calls `complete` later */
    HG_E_FAILED = -1,      /* the plugin failed; its message was given to `fail` */
    HG_E_ARGUMENT = -2,    /* an argument is null, malformed or out of range */
    HG_E_MEMORY = -3,      /* no memory, or the arena's limit is reached */
    HG_E_STATE = -4,       /* not allowed now: wrong moment, wrong thread, or done twice */
    HG_E_LATE = -5,        /* the call was already answered; what came now is dropped */
    HG_E_TYPE = -6,        /* a value has another type than asked for */
    HG_E_MISSING = -7,     /* no such key, state or extension */
    HG_E_LIMIT = -8,       /* too deep, too long or too many */
    HG_E_UNSUPPORTED = -9, /* this side does not know the request */
    HG_E_FORBIDDEN = -10   /* the registration did not declare it, or the operator does not allow it */
};

/* The slice of a NUL-terminated text, which stays the caller's. */
static inline hg_slice hg_text_of(const char *text) {
    hg_slice slice;
    slice.data = (const uint8_t *)text;
    slice.size = text == NULL ? 0 : strlen(text);
    return slice;
}

/* The slice of `size` bytes at `data`, which stay the caller's. */
static inline hg_slice hg_slice_of(const void *data, size_t size) {
    hg_slice slice;
    slice.data = (const uint8_t *)data;
    slice.size = size;
    return slice;
}

/* 1 if both hold the same bytes. */
static inline int hg_slice_equal(hg_slice a, hg_slice b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

#ifdef __cplusplus
}
#endif

#endif
