/* What the deeds of a rogue plugin have in common. */
#ifndef HOOKGATE_ROGUE_H
#define HOOKGATE_ROGUE_H

#include <hookgate/hookgate.h>

/* Does harm, and says how it went if there is anybody left to say it. */
typedef const char *deed(hg_call *call);

/* Never returns. */
void hold_for_ever(void);

/* Deeds against the memory that a worker shares with the gateway: forgery.c. */
deed forge_garbage, forge_offset, forge_length, forge_size, forge_shared_node, forge_cycle, forge_question;
deed forge_questions;

#endif
