#include <hookgate/manifest.h>

HG_MANIFEST("{\"manifest\": 1, \"name\": \"bench_stubborn_swift\", \"version\": \"1.0.0\"}")
