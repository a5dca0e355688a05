/* Filters of system calls, written as lists of rules. */
#ifndef HOOKGATE_SANDBOX_FILTER_H
#define HOOKGATE_SANDBOX_FILTER_H

#include "CSandbox.h"
#include "machine.h"

/* What becomes of a call. Of two filters the one that allows less wins. */
typedef enum verdict {
    ALLOW,
    TRAP,       /* the handler answers */
    FORBID,     /* what the handler would say, without a count: for callers that block its signal */
    PRETEND,    /* does nothing and succeeds */
    INVALID,    /* fails with EINVAL, as for a signal that cannot be handled */
    ABSENT,     /* fails with ENOSYS, so that callers take another way */
    END         /* ends the process */
} verdict;

/* A condition on one argument of a call. Bits are looked for in the lower half, where all that is asked for lies. */
typedef struct condition {
    enum { ANYTHING, IS, IS_NULL, HAS_ALL, HAS_ANY, HAS_NONE, IS_OWN_PROCESS, IS_CONTROL } test;
    int argument;
    uint32_t operand;
} condition;

/* The first rule whose call and conditions fit decides. */
typedef struct rule {
    uint32_t call;
    verdict verdict;
    condition conditions[2];
    enum { ALWAYS, WITHOUT_JIT, WITH_JIT, WITH_FILES, WITH_CONTROL, BEFORE_STRICT } when;
} rule;

typedef struct rule_list {
    const rule *rules;
    size_t count;
} rule_list;

/* What becomes of calls that no rule is for: of those up to the newest known one, and of younger ones. */
typedef struct rest {
    verdict known;
    verdict unknown;
} rest;

/* Compiles the rules and installs the filter for all threads. */
int filter_install(const rule_list *lists, size_t count, rest rest, const hookgate_sandbox_rules *rules);

/* Has the handler refuse what it has done for the caller before. */
void sandbox_answer_strictly(void);

#endif
