/* Has a manifest, but no entry. */
#include "fixture.h"

MANIFEST("no_entry", "\"tool_pre_invoke\"")
