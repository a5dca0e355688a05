/* Plugins in C. Their entries have names of their own, because all tests are one program. */
#ifndef C_PLUGIN_FIXTURES_H
#define C_PLUGIN_FIXTURES_H

#include "hookgate/hookgate.h"

/* Appends "@example.com" to a recipient without '@'; does the same a job later in `email_later`. */
hg_status email_guard_entry(const hg_host *host, hg_registrar *registrar, const hg_block *config, hg_plugin *plugin);

/* Breaks one rule in every function. */
hg_status naughty_entry(const hg_host *host, hg_registrar *registrar, const hg_block *config, hg_plugin *plugin);

#endif
