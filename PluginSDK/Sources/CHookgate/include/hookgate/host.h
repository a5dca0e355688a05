/* What the runtime offers to a plugin: the call of a hook, and a table of functions. */
#ifndef HOOKGATE_HOST_H
#define HOOKGATE_HOST_H

#include "builder.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hg_host hg_host;
typedef struct hg_registrar hg_registrar;     /* opaque; the runtime's; valid [entry] */
typedef struct hg_completion hg_completion;   /* opaque; the runtime's; valid until given to `completed` */
typedef struct hg_hook hg_hook;               /* plugin.h */
typedef struct hg_function hg_function;       /* plugin.h */

/* One invocation of one hook. The runtime's; all that it points to is valid [call], and stays valid after the
 * deadline has passed, until the hook has returned or was completed, and `cancel` has returned if it was called. */
typedef struct hg_call {
    uint32_t struct_size;    /* sizeof(hg_call) of the runtime */
    uint32_t reserved;
    const hg_host *host;     /* the table given to the entry */
    void *impl;              /* the runtime's */
    hg_slice hook;           /* "tool_pre_invoke" */
    const hg_block *payload; /* an object; read only */
    const hg_block *context; /* request_id, user, tenant_id, server_id, content_type; absent ones are null */
    uint64_t deadline_ns;    /* CLOCK_MONOTONIC, to some milliseconds; after it the call is answered without you */
    void *user;              /* the plugin's, for what `cancel` has to find; null at first, never read by the runtime */
} hg_call;

/* Scopes of state: what the keys belong to, and who sees them. */
enum {
    HG_PLUGIN_STATE = 0,    /* this plugin, from the first to the last hook of one request */
    HG_PLUGIN_METADATA = 1, /* the same, for what describes the work rather than drives it */
    HG_GLOBAL_STATE = 2,    /* all plugins of one request; writes are merged when the hook ends */
    HG_GLOBAL_METADATA = 3
};

/* Log levels. */
enum { HG_LOG_DEBUG = 0, HG_LOG_INFO = 1, HG_LOG_WARNING = 2, HG_LOG_ERROR = 3 };

/* Severities of `config_problem`. */
enum { HG_PROBLEM_WARNING = 0, HG_PROBLEM_ERROR = 1 };

/* The table grows only at its end: check `struct_size` before using a member newer than your own minor.
 *
 * The functions of one call may be used from any thread, one at a time; `submit` and `cancelled` beside any other.
 * All slices and blocks passed to these functions are borrowed until the function returns, and copied, with the
 * one exception of `reply`. A function that takes an `hg_call` answers HG_E_LATE once that call was answered by
 * its deadline: what it carries is dropped. */
struct hg_host {
    uint32_t struct_size; /* sizeof(hg_host) of the runtime */
    uint16_t abi_major;
    uint16_t abi_minor;
    void *impl; /* the runtime's */

    /* Registration: [entry]. HG_E_ARGUMENT for a null or malformed member, HG_E_STATE outside the entry. */
    hg_status (*add_hook)(hg_registrar *registrar, const hg_hook *hook);
    hg_status (*add_function)(hg_registrar *registrar, const hg_function *function);

    /* Says what is wrong with the configuration: `pointer` is a JSON pointer (RFC 6901) into it, "" for all of
     * it. On load a warning is logged, and an error fails the plugin. [entry] */
    void (*config_problem)(hg_registrar *registrar, int32_t severity, hg_slice pointer, hg_slice message);

    /* Writes one log line under the plugin's name. [any] */
    void (*log)(const hg_host *host, int32_t level, hg_slice message);

    /* Adds to a counter of the plugin: up to 64 letters, digits, '_' and '.'; made at its first use, and
     * dropped beyond 256 of them. [any] */
    void (*count)(const hg_host *host, hg_slice counter, int64_t amount);

    /* A table added later, found by name and revision ("name/1"); null if there is none. The runtime's, valid as
     * long as the plugin. [any] */
    const void *(*extension)(const hg_host *host, hg_slice identifier);

    /* Ends `start`, `stop` or `health`: exactly once, from any thread, also before they return. Anything but
     * HG_OK is a failure, and `message` says why. */
    void (*completed)(hg_completion *completion, hg_status status, hg_slice message);

    /* Memory that lives as long as the call, aligned to 16 bytes; null beyond the limit. [call] */
    void *(*alloc)(hg_call *call, size_t size);

    /* Replaces fields of the payload: an object of the top-level fields to replace; absent means unchanged, null
     * means null. The block lies in memory of `alloc` and is not touched after. The last reply counts. [call] */
    hg_status (*reply)(hg_call *call, const hg_block *fields);

    /* Blocks the request: an object {reason, description, code, details?, mcp_error_code?, http_status_code?,
     * http_headers?}. [call] */
    hg_status (*deny)(hg_call *call, const hg_block *violation);

    /* Attaches the same without blocking. [call] */
    hg_status (*report)(hg_call *call, const hg_block *violation);

    /* Says why the hook is about to return, or to complete with, a failure. [call] */
    hg_status (*fail)(hg_call *call, hg_slice message);

    /* Sets one key of the result's metadata. [call] */
    hg_status (*metadata)(hg_call *call, hg_slice key, const hg_block *value);

    /* Reads a key of a scope. HG_E_MISSING if there is none. `*value` is the runtime's and valid [call]. */
    hg_status (*state_get)(hg_call *call, int32_t scope, hg_slice key, const hg_block **value);

    /* Writes a key of a scope; null removes it. Others see it when the hook has ended. [call] */
    hg_status (*state_set)(hg_call *call, int32_t scope, hg_slice key, const hg_block *value);

    /* All keys of a scope as one object. `*values` is the runtime's and valid [call]. */
    hg_status (*state_all)(hg_call *call, int32_t scope, const hg_block **values);

    /* Asks the caller to repeat the whole operation after so many milliseconds; the largest of all plugins
     * counts. [call] */
    hg_status (*retry_after)(hg_call *call, int64_t milliseconds);

    /* Adds headers to the response: an object of strings. [call] */
    hg_status (*http_headers)(hg_call *call, const hg_block *headers);

    /* 1 once nobody waits for the call any more. [call] */
    int32_t (*cancelled)(const hg_call *call);

    /* Ends a hook that returned (or is about to return) HG_PENDING: exactly once, with HG_OK or a failure. After
     * it the call must not be used. [call], any thread */
    void (*complete)(hg_call *call, hg_status status);

    /* Queues work on the call's lane: one job at a time, on a thread of the runtime, under the call's deadline.
     * `context` is passed on. Work queued before `complete` runs, even when the call was already answered; it never
     * runs inside `submit`, and may complete the call from its job. [call] */
    hg_status (*submit)(hg_call *call, void (*run)(void *context), void *context);

    /* Runs another hook of any name for the same request, and hands its outcome to `done`: exactly once, on the call's
     * lane, and never inside `invoke`; a hook that needs the outcome returns HG_PENDING and completes in `done`. The
     * hook's plugins see the request's state; each has its own timeout, and this call keeps its deadline.
     * `outcome` is an object {continue_processing, modified_payload, violation, error, metadata}; it is the runtime's,
     * and valid until `done` returns. `context` is passed on. HG_E_LIMIT if hooks have invoked one another
     * HG_MAX_INVOCATION_DEPTH deep, HG_E_TYPE if the payload is not the hook's. Since minor 2. [call] */
    hg_status (*invoke)(hg_call *call, hg_slice hook, const hg_block *payload,
                        void (*done)(void *context, const hg_block *outcome), void *context);
};

/* How deep hooks may invoke one another. */
enum { HG_MAX_INVOCATION_DEPTH = 8 };

HG_STATIC_ASSERT(sizeof(hg_slice) == 16, "layout of hg_slice");
HG_STATIC_ASSERT(sizeof(hg_call) == 72, "layout of hg_call");
HG_STATIC_ASSERT(offsetof(hg_call, host) == 8 && offsetof(hg_call, hook) == 24, "layout of hg_call");
HG_STATIC_ASSERT(offsetof(hg_call, payload) == 40 && offsetof(hg_call, deadline_ns) == 56, "layout of hg_call");
HG_STATIC_ASSERT(offsetof(hg_host, impl) == 8 && offsetof(hg_host, add_hook) == 16, "layout of hg_host");
HG_STATIC_ASSERT(sizeof(hg_host) == 192, "layout of hg_host");

/* Memory for builders in the call's arena: nothing is freed before the call ends. */
static inline void *hg_grow_in_arena(void *call, void *memory, size_t old_size, size_t new_size) {
    hg_call *owner = (hg_call *)call;
    if (new_size == 0) return NULL;
    void *grown = owner->host->alloc(owner, new_size);
    if (grown != NULL && memory != NULL) memcpy(grown, memory, old_size);
    return grown;
}

/* A builder whose block may be given to `reply`. [call] */
static inline void hg_builder_in_arena(hg_builder *builder, hg_call *call) {
    hg_builder_init(builder, hg_grow_in_arena, call, 256);
}

/* Blocks the request with a code and its texts. [call] */
static inline hg_status hg_deny(hg_call *call, const char *code, const char *reason, const char *description) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of("code"));
    hg_add_string(&builder, hg_text_of(code));
    hg_key(&builder, hg_text_of("reason"));
    hg_add_string(&builder, hg_text_of(reason));
    hg_key(&builder, hg_text_of("description"));
    hg_add_string(&builder, hg_text_of(description));
    hg_end(&builder);
    const hg_block *violation = hg_finish(&builder);
    return violation == NULL ? builder.status : call->host->deny(call, violation);
}

/* Sets a boolean of the result's metadata. [call] */
static inline hg_status hg_metadata_bool(hg_call *call, const char *key, int value) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_bool(&builder, value);
    const hg_block *block = hg_finish(&builder);
    return block == NULL ? builder.status : call->host->metadata(call, hg_text_of(key), block);
}

/* Sets a text of the result's metadata. [call] */
static inline hg_status hg_metadata_text(hg_call *call, const char *key, const char *value) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_add_string(&builder, hg_text_of(value));
    const hg_block *block = hg_finish(&builder);
    return block == NULL ? builder.status : call->host->metadata(call, hg_text_of(key), block);
}

/* Replaces one text field of the payload. [call] */
static inline hg_status hg_reply_text(hg_call *call, const char *field, hg_slice value) {
    hg_builder builder;
    hg_builder_in_arena(&builder, call);
    hg_begin_object(&builder);
    hg_key(&builder, hg_text_of(field));
    hg_add_string(&builder, value);
    hg_end(&builder);
    const hg_block *fields = hg_finish(&builder);
    return fields == NULL ? builder.status : call->host->reply(call, fields);
}

#ifdef __cplusplus
}
#endif

#endif
