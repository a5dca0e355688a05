/* A list of its manifest is a text. */
#include "fixture.h"

HG_MANIFEST("{\"manifest\": 1, \"name\": \"wrong_types\", \"hooks\": \"tool_pre_invoke\"}")

ENTRY { __builtin_trap(); }
