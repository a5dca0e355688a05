/* Hookgate plugin ABI: everything that a plugin needs.
 *
 * Reading order: slice.h (borrowed bytes and status codes), block.h (the value format), builder.h (making a
 * block), host.h (what the runtime offers), plugin.h (what a plugin provides), manifest.h (what can be read
 * without running it).
 *
 * Vocabulary of the comments:
 *   [entry]  only inside hg_plugin_entry_v1, on the thread that called it
 *   [call]   between the start of a hook and its return, or its completion if it returned HG_PENDING
 *   [any]    any thread, any time between the entry and `destroy`
 * A pointer is *borrowed* unless its comment says otherwise: its owner frees it, and the comment says until when
 * it may be read. Neither side ever frees memory of the other.
 *
 * Nothing may unwind across this border: a C++ exception or a Rust panic has to be caught by the plugin.
 */
#ifndef HOOKGATE_HOOKGATE_H
#define HOOKGATE_HOOKGATE_H

#include "slice.h"
#include "block.h"
#include "builder.h"
#include "host.h"
#include "plugin.h"
#include "manifest.h"

#endif
