/* A library that knows nothing of plugins. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#pragma GCC visibility push(default)

static _Thread_local char text[1024];

const char *refuse_long(const char *subject, size_t size) { return size > 10 ? "TOO_LONG: subject" : NULL; }

const char *upper_case(const char *value) {
    size_t length = strlen(value);
    if (length >= sizeof(text)) return NULL;
    for (size_t i = 0; i <= length; i++) text[i] = value[i] >= 'a' && value[i] <= 'z' ? value[i] - 32 : value[i];
    return text;
}

const char *all_types(const char *a, size_t a_size, int64_t b, double c, bool d, const char *e, const char *f,
                      size_t f_size, double g, int64_t h, bool i, const char *j, double k, int64_t l) {
    snprintf(text, sizeof(text),
             "ALL: %.*s %" PRId64 " %g %d %s %.*s %g %" PRId64 " %d %s %g %" PRId64, (int)a_size, a, b, c, d, e,
             (int)f_size, f, g, h, i, j, k, l);
    return text;
}

const int64_t not_a_function = 3;
