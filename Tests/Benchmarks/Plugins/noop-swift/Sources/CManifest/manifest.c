#include <hookgate/manifest.h>

HG_MANIFEST("{\"manifest\": 1, \"name\": \"bench_noop_swift\", \"version\": \"1.0.0\"}")
