/* Tries to write to each descriptor at a place, which is possible in files alone, and ends the process if it can. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

__attribute__((constructor)) static void construct(void) {
    for (int descriptor = 0; descriptor < 1024; descriptor++) {
        void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        if (pwrite(descriptor, "", 1, 1 << 20) < 0 && memory == MAP_FAILED) continue;
        fprintf(stderr, "descriptor %d can be written\n", descriptor);
        abort();
    }
}

static hg_status hook(void *self, hg_call *call) { return HG_OK; }

PLUGIN("constructor_writes_files", "tool_pre_invoke", 0, hook)
