/* Asks for memory until there is none, and says how much it got. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_builder builder;
    int64_t total = 0;
    while (call->host->alloc(call, 512) != NULL) total += 512;
    hg_builder_init(&builder, hg_grow_by_realloc, NULL, 64);
    hg_add_int64(&builder, total);
    hg_status status = call->host->metadata(call, hg_text_of("allocated"), hg_finish(&builder));
    hg_builder_release(&builder);
    return call->host->alloc(call, SIZE_MAX) == NULL ? status : HG_E_FAILED;
}

PLUGIN("allocates_too_much", "tool_pre_invoke", HG_MAY_BLOCK, hook)
