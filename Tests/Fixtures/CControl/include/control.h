/* Memory that a test shares with the plugins that it loads: a file that both map.
 *
 * Counters only grow, and whoever waits for one is woken. What a plugin does in the process of a probe is not
 * noted: there it is made and destroyed once more. */
#ifndef HOOKGATE_CONTROL_H
#define HOOKGATE_CONTROL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct control {
    uint32_t owner;    /* the process that calls the plugins: that of the test, or a gateway */
    uint32_t gate;     /* what fixtures wait for; the test opens it */
    uint32_t entered;  /* hooks that have begun */
    uint32_t left;     /* hooks that have ended */
    uint32_t most;     /* hooks that were inside at the same time */
    uint32_t lines;    /* of the log */
    uint32_t lock;     /* of the log */
    uint32_t length;   /* of the log */
    char log[65000];   /* one line for each event */
} control;

/* Maps the file at a path; null if there is none that is large enough. */
control *control_open(const char *path);

/* Makes this process, and the workers that it starts, those whose events are noted. */
void control_own(control *control);

/* Ends the mapping. */
void control_close(control *control);

/* Adds to a counter and wakes who waits for it; the new value. */
uint32_t control_add(uint32_t *counter, uint32_t amount);

uint32_t control_read(const uint32_t *counter);

/* Counts a hook in, and remembers how many are inside. */
void control_enter(control *control);

/* Counts a hook out. */
void control_leave(control *control);

/* Waits until a counter has at least a value: 1, or 0 if the time was over before. */
int control_wait(uint32_t *counter, uint32_t at_least, uint32_t milliseconds);

/* Appends a line "SUBJECT EVENT" to the log. */
void control_note(control *control, const char *subject, const char *event);

/* Copies the log; how many bytes it has. */
uint32_t control_log(control *control, char *copy, uint32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
