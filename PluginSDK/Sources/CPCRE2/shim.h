/* PCRE2 with 8-bit code units: the width has to be chosen before its header is read. */
#ifndef HOOKGATE_CPCRE2_SHIM_H
#define HOOKGATE_CPCRE2_SHIM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
