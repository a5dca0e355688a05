#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <unistd.h>

/* The kernel takes no more. */
enum { CAPACITY = BPF_MAXINSNS };

typedef struct program {
    struct sock_filter code[CAPACITY];
    size_t length;
    bool is_too_long;
} program;

static size_t emit(program *program, uint16_t code, uint32_t operand, uint8_t if_true, uint8_t if_false) {
    if (program->length == CAPACITY) {
        program->is_too_long = true;
        return 0;
    }
    program->code[program->length] = (struct sock_filter){code, if_true, if_false, operand};
    return program->length++;
}

static void load(program *program, size_t offset) { emit(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }

static void load_call(program *program) { load(program, offsetof(struct seccomp_data, nr)); }

/* Both architectures are little endian: the lower half is first. */
static void load_argument(program *program, int argument, bool upper_half) {
    load(program, offsetof(struct seccomp_data, args) + 8 * (size_t)argument + (upper_half ? 4 : 0));
}

static void finish(program *program, verdict verdict, bool kills) {
    static const uint32_t results[] = {
        [ALLOW] = SECCOMP_RET_ALLOW,
        [TRAP] = SECCOMP_RET_TRAP,
        [FORBID] = SECCOMP_RET_ERRNO | EPERM,
        [PRETEND] = SECCOMP_RET_ERRNO | 0,
        [INVALID] = SECCOMP_RET_ERRNO | EINVAL,
        [ABSENT] = SECCOMP_RET_ERRNO | ENOSYS,
        [END] = SECCOMP_RET_KILL_PROCESS,
    };
    emit(program, BPF_RET | BPF_K, results[verdict == FORBID && kills ? END : verdict], 0, 0);
}

/* Jumps to the end of a rule, which is known when the rule is complete. */
typedef struct exits {
    size_t places[5];
    int count;
} exits;

/* Leaves the rule unless the value that is loaded passes the test. */
static void leave_unless(program *program, exits *exits, uint16_t test, uint32_t operand) {
    exits->places[exits->count++] = emit(program, BPF_JMP | test | BPF_K, operand, 0, 0);
}

static void check(program *program, exits *exits, const condition *condition, const hookgate_sandbox_rules *rules) {
    load_argument(program, condition->argument, false);
    switch (condition->test) {
    case ANYTHING: break;
    case IS: leave_unless(program, exits, BPF_JEQ, condition->operand); break;
    case IS_OWN_PROCESS: leave_unless(program, exits, BPF_JEQ, (uint32_t)getpid()); break;
    case IS_CONTROL: leave_unless(program, exits, BPF_JEQ, (uint32_t)rules->control); break;
    case HAS_ANY: leave_unless(program, exits, BPF_JSET, condition->operand); break;
    case HAS_ALL:
    case HAS_NONE:
        emit(program, BPF_ALU | BPF_AND | BPF_K, condition->operand, 0, 0);
        leave_unless(program, exits, BPF_JEQ, condition->test == HAS_ALL ? condition->operand : 0);
        break;
    case IS_NULL:
        leave_unless(program, exits, BPF_JEQ, 0);
        load_argument(program, condition->argument, true);
        leave_unless(program, exits, BPF_JEQ, 0);
        break;
    }
}

static void add(program *program, const rule *rule, const hookgate_sandbox_rules *rules) {
    exits exits = {.count = 0};
    leave_unless(program, &exits, BPF_JEQ, rule->call);
    bool has_conditions = false;
    for (int i = 0; i < 2; i++) {
        if (rule->conditions[i].test == ANYTHING) continue;
        has_conditions = true;
        check(program, &exits, &rule->conditions[i], rules);
    }
    finish(program, rule->verdict, rules->kills);
    for (int i = 0; i < exits.count; i++) {
        program->code[exits.places[i]].jf = (uint8_t)(program->length - exits.places[i] - 1);
    }
    // The next rule expects the number of the call where the conditions left an argument.
    if (has_conditions) load_call(program);
}

static bool applies(const rule *rule, const hookgate_sandbox_rules *rules) {
    switch (rule->when) {
    case ALWAYS: return true;
    case WITHOUT_JIT: return !rules->allows_jit;
    case WITH_JIT: return rules->allows_jit;
    case WITH_FILES: return rules->restricts_files;
    case WITH_CONTROL: return rules->control >= 0;
    case BEFORE_STRICT: return rules->becomes_strict;
    }
    return true;
}

int filter_install(const rule_list *lists, size_t count, rest rest, const hookgate_sandbox_rules *rules) {
    if (MACHINE == 0) return -ENOSYS;
    // Static, for a thread's stack may be small; only one thread installs filters.
    static program program;
    program.length = 0;
    program.is_too_long = false;
    load(&program, offsetof(struct seccomp_data, arch));
    emit(&program, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
    finish(&program, END, rules->kills);
    load_call(&program);
#if defined(__x86_64__)
    // The calls of x32 have numbers of their own, which the rules do not mention.
    const uint32_t x32 = 0x40000000;
    emit(&program, BPF_JMP | BPF_JSET | BPF_K, x32, 0, 1);
    finish(&program, END, rules->kills);
#endif
    for (size_t list = 0; list < count; list++) {
        for (size_t i = 0; i < lists[list].count; i++) {
            if (applies(&lists[list].rules[i], rules)) add(&program, &lists[list].rules[i], rules);
        }
    }
    add(&program, &(rule){.call = CALL_END, .verdict = END}, rules);
    emit(&program, BPF_JMP | BPF_JGT | BPF_K, CALL_NEWEST, 0, 1);
    finish(&program, rest.unknown, rules->kills);
    finish(&program, rest.known, rules->kills);
    if (program.is_too_long) return -E2BIG;
    const struct sock_fprog filter = {(unsigned short)program.length, program.code};
    long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
    // A positive result is a thread that cannot be brought under the filter.
    return result == 0 ? 0 : result > 0 ? -EBUSY : -errno;
}
