/* Says in its file that it was built for another major version of the interface. */
#include "fixture.h"

HG_SECTION(".hookgate.abi") static const uint32_t note[3] = {1, 7, 0};
HG_SECTION(".hookgate.manifest") static const char manifest[] = "{\"manifest\": 1, \"name\": \"wrong_major_note\"}";

ENTRY { __builtin_trap(); }
