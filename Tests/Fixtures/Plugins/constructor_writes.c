/* Makes the file that a variable names as soon as it is mapped, in whatever process. */
#include "fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void construct(void) {
    const char *path = getenv("HOOKGATE_TEST_CONSTRUCTED");
    if (path != NULL) close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_writes", "prompt_pre_fetch", 0, hook)
