/* What a plugin provides: one entry point, its hooks, and a table of functions. */
#ifndef HOOKGATE_PLUGIN_H
#define HOOKGATE_PLUGIN_H

#include "host.h"

#ifdef __cplusplus
#define HG_EXPORT extern "C" __attribute__((visibility("default")))
extern "C" {
#else
#define HG_EXPORT __attribute__((visibility("default")))
#endif

/* What a hook may do. What is not declared is refused when it is done. */
enum {
    HG_MAY_DENY = 1,    /* calls `deny` */
    HG_MAY_MODIFY = 2,  /* calls `reply` */
    HG_MAY_SUSPEND = 4, /* returns HG_PENDING */
    HG_MAY_BLOCK = 8    /* may wait, or work longer than some microseconds; without it the hook runs inline, and
                           its deadline can be noticed but not enforced */
};

/* A hook. `self` is that of the registration, or else the plugin's. [any] runtime thread; concurrently, unless the
 * plugin is HG_PLUGIN_SERIAL. */
typedef hg_status (*hg_hook_function)(void *self, hg_call *call);

struct hg_hook {
    uint32_t struct_size; /* sizeof(hg_hook) */
    uint32_t flags;       /* HG_MAY_... */
    hg_slice name;        /* a standard hook, or any name of [a-z0-9_.:-], at most 128 bytes */
    hg_slice schema;      /* custom hooks: JSON Schema of the payload, or empty */
    hg_hook_function function;
    void *self;           /* the plugin's; passed to the function; null stands for the `self` of the plugin */
};

/* A plain C function as a hook. `signature` maps payload fields to arguments, and the result to a verdict:
 *
 *   RESULT(PARAMETER, ...)
 *
 *   RESULT     void             continue
 *              deny             const char *: null continues, else "CODE: reason"
 *              replace path     const char *: null leaves the field, else its new text
 *   PARAMETER  call             hg_call *: metadata, log, arena
 *              str path         two arguments, const char * and size_t; not NUL-terminated
 *              cstr path        const char *
 *              i64 path         int64_t
 *              f64 path         double
 *              bool path        bool
 *
 * `path` is dotted ("args.user.name"). A missing field, or one of another type, is an error of the plugin;
 * `TYPE? path` passes null and 0 instead. Arguments are valid until the function returns; returned text is the
 * function's, and is copied before the same thread calls it again. */
struct hg_function {
    uint32_t struct_size; /* sizeof(hg_function) */
    uint32_t flags;       /* HG_MAY_BLOCK or 0 */
    hg_slice hook;
    hg_slice signature;
    hg_slice schema;
    void (*function)(void); /* cast from the function's own type */
};

/* The plugin cannot bear concurrent calls: its hooks run one at a time, in the order of their arrival. */
enum { HG_PLUGIN_SERIAL = 1 };

/* Filled by the entry. Grows only at its end. All functions but `self` may be null. */
typedef struct hg_plugin {
    uint32_t struct_size; /* in: bytes that may be written; out: sizeof(hg_plugin) of the plugin */
    uint16_t abi_major;   /* HG_ABI_MAJOR of the plugin */
    uint16_t abi_minor;
    uint32_t flags;       /* HG_PLUGIN_... */
    uint32_t reserved;    /* 0 */
    hg_slice name;        /* that of the manifest; valid until `destroy` */
    hg_slice version;     /* that of the manifest; valid until `destroy` */
    void *self;           /* the plugin's; passed to every function */

    /* Gets ready: connections, caches, own threads. Called once, before the first hook; ends by `completed`,
     * within startup_timeout. One runtime thread */
    void (*start)(void *self, hg_completion *completion);

    /* Undoes `start`: joins own threads. Called once, after the last hook; ends by `completed`. One runtime thread */
    void (*stop)(void *self, hg_completion *completion);

    /* Says whether the plugin can work; ends by `completed`. One runtime thread, beside hooks */
    void (*health)(void *self, hg_completion *completion);

    /* Nobody waits for `call` any more; its hook should end soon. At most once for a call, before it is completed;
     * the hook may end meanwhile. Any runtime thread, beside the hook */
    void (*cancel)(void *self, hg_call *call);

    /* Frees `self`, without waiting for anything: that belongs to `stop`. Nothing of the plugin runs, and nothing is
     * called after it. Any runtime thread */
    void (*destroy)(void *self);
} hg_plugin;

/* The one symbol that a plugin exports. It only registers: no I/O, no threads, no waiting. It may be called
 * several times in one process, once for each instance, and in a process that never calls a hook.
 * `host` is the runtime's and valid until `destroy`; `config` is an object, valid until the entry returns.
 * HG_OK, or a failure whose reason was given to `config_problem` or is a message in the log. */
HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                       hg_plugin *plugin);

HG_STATIC_ASSERT(sizeof(hg_hook) == 56 && offsetof(hg_hook, function) == 40, "layout of hg_hook");
HG_STATIC_ASSERT(sizeof(hg_function) == 64 && offsetof(hg_function, function) == 56, "layout of hg_function");
HG_STATIC_ASSERT(offsetof(hg_plugin, name) == 16 && offsetof(hg_plugin, self) == 48, "layout of hg_plugin");
HG_STATIC_ASSERT(sizeof(hg_plugin) == 96, "layout of hg_plugin");

/* Starts to fill the table: its size and version. */
static inline void hg_plugin_init(hg_plugin *plugin, const char *name, const char *version, void *self) {
    memset(plugin, 0, plugin->struct_size < sizeof(*plugin) ? plugin->struct_size : sizeof(*plugin));
    plugin->struct_size = (uint32_t)sizeof(*plugin);
    plugin->abi_major = HG_ABI_MAJOR;
    plugin->abi_minor = HG_ABI_MINOR;
    plugin->name = hg_text_of(name);
    plugin->version = hg_text_of(version);
    plugin->self = self;
}

/* Registers a hook function. [entry] */
static inline hg_status hg_add_hook(const hg_host *host, hg_registrar *registrar, const char *name, uint32_t flags,
                                    hg_hook_function function) {
    hg_hook hook;
    memset(&hook, 0, sizeof(hook));
    hook.struct_size = (uint32_t)sizeof(hook);
    hook.flags = flags;
    hook.name = hg_text_of(name);
    hook.function = function;
    return host->add_hook(registrar, &hook);
}

/* Registers a plain C function: hg_add_function(host, registrar, "email_pre_send", "deny(str recipient)", 0,
 * (void (*)(void))check_recipient). [entry] */
static inline hg_status hg_add_function(const hg_host *host, hg_registrar *registrar, const char *hook,
                                        const char *signature, uint32_t flags, void (*function)(void)) {
    hg_function registration;
    memset(&registration, 0, sizeof(registration));
    registration.struct_size = (uint32_t)sizeof(registration);
    registration.flags = flags;
    registration.hook = hg_text_of(hook);
    registration.signature = hg_text_of(signature);
    registration.function = function;
    return host->add_function(registrar, &registration);
}

#ifdef __cplusplus
}
#endif

#endif
