#include <hookgate/hookgate.h>

HG_MANIFEST_BYTES = {
#embed "manifest.json"
};
