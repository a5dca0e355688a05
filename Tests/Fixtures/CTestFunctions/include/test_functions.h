/* Plain C functions as a library of somebody else would have them, for the tests of bound functions. */
#ifndef HOOKGATE_TEST_FUNCTIONS_H
#define HOOKGATE_TEST_FUNCTIONS_H

#include <stdint.h>

/* The function of a name, or null: what dlsym would answer. */
void (*test_function(const char *name))(void);

/* What the last call of `note` on this thread got. */
int64_t test_noted(void);

#endif
