#include "test_functions.h"

#include <hookgate/hookgate.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#define TRUTH(value) ((value) ? "true" : "false")
#define TEXT(value) ((value) == NULL ? "NULL" : (value))
#define SIZED(text) (int)text##_size, text
#define STR(text) const char *text, size_t text##_size

/* What the echoing functions return: valid until the thread's next call. */
static _Thread_local char echo[1 << 16];

static _Thread_local int64_t noted;

int64_t test_noted(void) { return noted; }

static void note(int64_t number) { noted = number; }

static const char *check_mail(STR(recipient), STR(subject), STR(body)) {
    if (recipient_size == 0) return "NO_RECIPIENT: nobody would get it";
    if (subject_size != 4 || memcmp(subject, "spam", 4) != 0) return NULL;
    snprintf(echo, sizeof(echo), "SPAM: %.*s should not get \"%.*s\"", SIZED(recipient), SIZED(body));
    return echo;
}

static const char *echo_all_types(STR(a), int64_t b, double c, bool d, const char *e, STR(f), double g, int64_t h,
                                  bool i, const char *j, double k, int64_t l) {
    snprintf(echo, sizeof(echo), "%.*s|%" PRId64 "|%.17g|%s|%s|%.*s|%.17g|%" PRId64 "|%s|%s|%.17g|%" PRId64, SIZED(a),
             b, c, TRUTH(d), e, SIZED(f), g, h, TRUTH(i), j, k, l);
    return echo;
}

/* More arguments of both classes than there are registers, so that some of each lie on the stack. */
static const char *echo_beyond_registers(int64_t a, double b, int64_t c, double d, int64_t e, double f, int64_t g,
                                         double h, int64_t i, double j, STR(k), double l, double m, double n,
                                         double o, double p, bool q, double r, const char *s, bool t) {
    snprintf(echo, sizeof(echo),
             "%" PRId64 "|%.17g|%" PRId64 "|%.17g|%" PRId64 "|%.17g|%" PRId64 "|%.17g|%" PRId64
             "|%.17g|%.*s|%.17g|%.17g|%.17g|%.17g|%.17g|%s|%.17g|%s|%s",
             a, b, c, d, e, f, g, h, i, j, SIZED(k), l, m, n, o, p, TRUTH(q), r, s, TRUTH(t));
    return echo;
}

static const char *echo_optional(STR(a), const char *b, int64_t c, double d, bool e) {
    snprintf(echo, sizeof(echo), "%s %zu|%s|%" PRId64 "|%.17g|%s", a == NULL ? "NULL" : "text", a_size, TEXT(b), c, d,
             TRUTH(e));
    return echo;
}

#define EIGHT(item, n) \
    item(n##0), item(n##1), item(n##2), item(n##3), item(n##4), item(n##5), item(n##6), item(n##7)
#define SIXTY_FOUR(item) \
    EIGHT(item, a), EIGHT(item, b), EIGHT(item, c), EIGHT(item, d), EIGHT(item, e), EIGHT(item, f), EIGHT(item, g), \
        EIGHT(item, h)

static const char *join_64(SIXTY_FOUR(STR)) {
    const char *texts[] = {
#define TEXT_OF(text) text
        SIXTY_FOUR(TEXT_OF)
    };
    size_t sizes[] = {
#define SIZE_OF(text) text##_size
        SIXTY_FOUR(SIZE_OF)
    };
    size_t end = 0;
    for (int i = 0; i < 64; i++)
        end += (size_t)snprintf(echo + end, sizeof(echo) - end, "%.*s,", (int)sizes[i], texts[i]);
    return echo;
}

static const char *echo_int(int64_t number) {
    snprintf(echo, sizeof(echo), "%" PRId64, number);
    return echo;
}

static const char *echo_double(double number) {
    snprintf(echo, sizeof(echo), "%.17g", number);
    return echo;
}

static const char *echo_bool(bool truth) { return TRUTH(truth); }

static const char *echo_str(STR(text)) {
    snprintf(echo, sizeof(echo), "%zu:%.*s", text_size, SIZED(text));
    return echo;
}

static const char *same(const char *text) { return text; }

static const char *echo_hook(hg_call *call, STR(text)) {
    snprintf(echo, sizeof(echo), "%.*s:%.*s", (int)call->hook.size, (const char *)call->hook.data, SIZED(text));
    return echo;
}

static const char *nothing(void) { return NULL; }

static const char *fixed(void) { return "a fixed text"; }

static const char *latin_1(void) { return "caf\xe9"; }

void (*test_function(const char *name))(void) {
    static const struct {
        const char *name;
        void (*function)(void);
    } functions[] = {
#define ENTRY(function) {#function, (void (*)(void))function}
        ENTRY(note), ENTRY(check_mail), ENTRY(echo_all_types), ENTRY(echo_beyond_registers), ENTRY(echo_optional),
        ENTRY(join_64), ENTRY(echo_int), ENTRY(echo_double), ENTRY(echo_bool), ENTRY(echo_str), ENTRY(same),
        ENTRY(echo_hook), ENTRY(nothing), ENTRY(fixed), ENTRY(latin_1),
    };
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
        if (strcmp(functions[i].name, name) == 0) return functions[i].function;
    return NULL;
}
