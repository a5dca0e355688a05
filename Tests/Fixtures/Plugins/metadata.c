/* Sets metadata of several types; a key that is set twice has the last value. */
#include "fixture.h"

static hg_status hook(void *self, hg_call *call) {
    hg_metadata_text(call, "text", "first");
    hg_metadata_text(call, "text", "second");
    hg_metadata_bool(call, "bool", 1);
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_array(&builder);
    hg_add_int64(&builder, 1);
    hg_add_double(&builder, 2.5);
    hg_add_number(&builder, hg_text_of("1.10"));
    hg_add_null(&builder);
    hg_end(&builder);
    return call->host->metadata(call, hg_text_of("list"), hg_finish(&builder));
}

PLUGIN("metadata", "tool_pre_invoke", HG_MAY_BLOCK, hook)
