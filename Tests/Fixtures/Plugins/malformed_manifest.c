/* Its manifest is cut off. */
#include "fixture.h"

HG_MANIFEST("{\"manifest\": 1, \"name\": ")

ENTRY { __builtin_trap(); }
