#ifndef HOOKGATE_CYAML_SHIM_H
#define HOOKGATE_CYAML_SHIM_H

#include <yaml.h>

#endif
