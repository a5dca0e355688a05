/* The headers hold the layout in static assertions; compiling them is the check. */
#include "hookgate/hookgate.h"
