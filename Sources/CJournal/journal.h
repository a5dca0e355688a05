/* What the two halves of the target share. */
#ifndef HOOKGATE_JOURNAL_INTERNAL_H
#define HOOKGATE_JOURNAL_INTERNAL_H

#include "CJournal.h"

/* The memory of slots and tables; NULL before the first thread or file needs it. */
struct hookgate_journal *hookgate_journal_current(void);

/* Has what this thread holds given back when it ends. 0 if that cannot be. */
int hookgate_journal_watch_thread(void);

/* Frees the stack for signals that `hookgate_crash_prepare_thread` made for this thread. */
void hookgate_crash_release_stack(void);

/* No more writes to a record, if that is the one in use. */
void hookgate_crash_forget(struct hookgate_crash_record *record);

/* Notes, from a signal handler, that the process ends because somebody outside wants it to. */
void hookgate_journal_note_end(void);

/* Has such an end noted for the signals that nobody handles so far. */
void hookgate_crash_watch_ends(void);

#endif
