/* Says in its file that it was built for a later minor version, which counts while the major is 0. */
#include "fixture.h"

HG_SECTION(".hookgate.abi") static const uint32_t note[3] = {1, HG_ABI_MAJOR, HG_ABI_MINOR + 1};
HG_SECTION(".hookgate.manifest") static const char manifest[] = "{\"manifest\": 1, \"name\": \"wrong_minor_note\"}";

ENTRY { __builtin_trap(); }
