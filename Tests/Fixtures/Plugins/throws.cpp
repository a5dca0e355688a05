// Throws in its hook, and catches: nothing unwinds across the border.
#include "fixture.h"

#include <stdexcept>

static hg_status hook(void *, hg_call *call) {
    try {
        throw std::runtime_error("a C++ exception");
    } catch (const std::exception &error) {
        call->host->fail(call, hg_text_of(error.what()));
        return HG_E_FAILED;
    }
}

PLUGIN("throws", "tool_pre_invoke", HG_MAY_BLOCK, hook)
