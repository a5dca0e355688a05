/* Registers a hook without a function. */
#include "fixture.h"

PLUGIN("null_handler", "tool_pre_invoke", 0, NULL)
