/* Its manifest does not say what it is called. */
#include "fixture.h"

HG_MANIFEST("{\"manifest\": 1, \"version\": \"1.0.0\"}")

ENTRY { __builtin_trap(); }
