/* Tries in its constructor what no plugin should, and says what came of it before it aborts. */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *deed, long result) {
    fprintf(stderr, "%s %s, ", deed, result < 0 ? strerrorname_np(errno) : "ok");
}

static long of_parent(const char *name) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/%s", getppid(), name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

static long start_child(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    return child < 0 ? -1 : waitpid(child, NULL, 0);
}

/* Variables of the gateway may hold secrets; these say how programs run. */
static int is_harmless(const char *variable) {
    static const char *const names[] = {"PATH=", "HOME=", "LANG=", "LANGUAGE=", "LC_", "TZ=", "TMPDIR=",
                                        "LD_LIBRARY_PATH=", "SWIFT_BACKTRACE="};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (strncmp(variable, names[i], strlen(names[i])) == 0) return 1;
    }
    return 0;
}

__attribute__((constructor)) static void construct(void) {
    char *const none[] = {NULL};
    int variables = 0;
    for (char **variable = environ; *variable != NULL; variable++) variables += !is_harmless(*variable);
    say("shadow", open("/etc/shadow", O_RDONLY | O_CLOEXEC));
    say("passwd", open("/etc/passwd", O_RDONLY | O_CLOEXEC));
    say("file", open("/tmp/hookgate-misbehaves", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    say("environ", of_parent("environ"));
    say("mem", of_parent("mem"));
    say("socket", socket(AF_INET, SOCK_STREAM, 0));
    say("fork", start_child());
    say("exec", execve("/nowhere/program", none, none));
    say("kill", kill(getppid(), 0));
    say("ptrace", ptrace(PTRACE_SEIZE, getppid(), NULL, NULL));
    fprintf(stderr, "%d variables\n", variables);
    abort();
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_misbehaves", "tool_pre_invoke", 0, hook)
