#include <hookgate/manifest.h>

// #embed is C23, which clang accepts in every mode but says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

HG_MANIFEST_BYTES = {
#embed "manifest.json"
};
