/* Its manifest has a format that this release does not know. */
#include "fixture.h"

HG_MANIFEST("{\"manifest\": 2, \"name\": \"later\"}")

ENTRY { __builtin_trap(); }
