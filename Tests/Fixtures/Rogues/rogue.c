/* Does harm: the deed that its configuration names, each time its hook is called. A deed that fails because somebody
 * prevents it answers by the name of the error, in the argument `result`. */
#include "rogue.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* MARK: Answers */

static const char *error_name(void) {
    const char *name = strerrorname_np(errno);
    return name == NULL ? "an unknown error" : name;
}

static const char *done_or_error(int result, const char *done) { return result < 0 ? error_name() : done; }

static hg_status answer(hg_call *call, const char *result) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("args"));
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("result"));
    hg_add_string(&builder, hg_text_of(result));
    hg_end(&builder);
    hg_end(&builder);
    return call->host->reply(call, hg_finish(&builder));
}

/* MARK: Crashes */

static const char *segfault(hg_call *call) {
    volatile uintptr_t nowhere = 8;
    *(volatile int *)nowhere = 1;
    return "written";
}

static const char *die(hg_call *call) { abort(); }

static volatile int goes_on = 1;

static int deeper(volatile char *above) {
    volatile char here[4096];
    here[0] = (char)(above[0] + 1);
    return goes_on ? deeper(here) + here[0] : 0;
}

static const char *overflow(hg_call *call) {
    volatile char start[1] = {0};
    return deeper(start) == 0 ? "returned" : "returned with a number";
}

static const char *leave(hg_call *call) { exit(0); }

/* MARK: Time and memory */

void hold_for_ever(void) {
    for (;;) pause();
}

static const char *loop(hg_call *call) {
    while (goes_on) {
    }
    return "returned";
}

static const char *rest(hg_call *call) {
    struct timespec time = {1000, 0};
    while (nanosleep(&time, &time) != 0) {
    }
    return "slept";
}

/* Every other call is answered a while after its deadline. */
static const char *late(hg_call *call) {
    static _Atomic unsigned calls;
    if (calls++ % 2 == 1) return "in time";
    uint64_t until = call->deadline_ns + 100000000;
    struct timespec time = {(time_t)(until / 1000000000), (long)(until % 1000000000)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) != 0) {
    }
    return "late";
}

static const char *allocate(hg_call *call) {
    size_t size = 10ul << 30;
    volatile char *memory = malloc(size);
    if (memory == NULL) return error_name();
    /* Not all of it: where nobody prevents it, the machine has to live on. */
    memory[0] = memory[size - 1] = 1;
    free((void *)memory);
    return "allocated";
}

/* MARK: The system */

static const char *read_file(const char *path) {
    char byte;
    int file = open(path, O_RDONLY);
    if (file < 0) return error_name();
    const char *result = read(file, &byte, 1) == 1 ? "read" : error_name();
    close(file);
    return result;
}

static const char *open_passwords(hg_call *call) { return read_file("/etc/passwd"); }

static const char *read_environment(hg_call *call) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/environ", getppid());
    return read_file(path);
}

static const char *connect_out(hg_call *call) {
    int end = socket(AF_INET, SOCK_STREAM, 0);
    const char *result = done_or_error(end, "a socket");
    if (end >= 0) close(end);
    return result;
}

static const char *make_child(hg_call *call) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    const char *result = done_or_error(child, "a child");
    if (child > 0) waitpid(child, NULL, 0);
    return result;
}

static const char *become_another(hg_call *call) {
    char *const arguments[] = {"true", NULL}, *const variables[] = {NULL};
    return done_or_error(execve("/bin/true", arguments, variables), "another program");
}

static const char *kill_parent(hg_call *call) { return done_or_error(kill(getppid(), SIGKILL), "killed"); }

static const char *trace_parent(hg_call *call) {
    /* Not PTRACE_ATTACH, which asks for the same right, but would stop the gateway for good. */
    return done_or_error((int)ptrace(PTRACE_SEIZE, getppid(), NULL, NULL), "traced");
}

static const char *close_all(hg_call *call) {
    for (int descriptor = 0; descriptor < 1024; descriptor++) close(descriptor);
    return "closed";
}

/* MARK: The plugin */

static const struct {
    const char *name;
    deed *function;
} deeds[] = {
    {"segfault", segfault}, {"abort", die}, {"overflow", overflow}, {"exit", leave}, {"loop", loop}, {"sleep", rest},
    {"late", late}, {"allocate", allocate}, {"open", open_passwords}, {"environment", read_environment},
    {"socket", connect_out}, {"fork", make_child}, {"exec", become_another}, {"kill", kill_parent},
    {"ptrace", trace_parent}, {"close", close_all}, {"garbage", forge_garbage}, {"offset", forge_offset},
    {"length", forge_length}, {"size", forge_size}, {"shared", forge_shared_node}, {"cycle", forge_cycle},
    {"question", forge_question}, {"questions", forge_questions},
};

static hg_status hook(void *self, hg_call *call) {
    deed *function = *(deed **)self;
    return answer(call, function(call));
}

HG_MANIFEST("{\"manifest\": 1, \"name\": \"rogue\", \"version\": \"1.0.0\", \"hooks\": [\"prompt_pre_fetch\"]}")

HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                       hg_plugin *plugin) {
    hg_slice wanted = hg_text(hg_get(hg_root(config), hg_text_of("deed")));
    deed **self = calloc(1, sizeof(*self));
    for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        if (hg_slice_equal(wanted, hg_text_of(deeds[i].name))) *self = deeds[i].function;
    }
    if (*self == NULL) {
        free(self);
        host->config_problem(registrar, HG_PROBLEM_ERROR, hg_text_of("/deed"), hg_text_of("no such deed"));
        return HG_E_ARGUMENT;
    }
    hg_plugin_init(plugin, "rogue", "1.0.0", self);
    plugin->destroy = free;
    return hg_add_hook(host, registrar, "prompt_pre_fetch", HG_MAY_BLOCK | HG_MAY_MODIFY, hook);
}
