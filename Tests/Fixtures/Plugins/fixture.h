/* What the plugins of the tests have in common.
 *
 * A plugin whose configuration has `control`, the path of a file, shares that memory with its test: see control.h. */
#ifndef HOOKGATE_FIXTURE_H
#define HOOKGATE_FIXTURE_H

#include <control.h>
#include <hookgate/hookgate.h>

#define MANIFEST(name, ...) \
    HG_MANIFEST("{\"manifest\": 1, \"name\": \"" name "\", \"version\": \"1.0.0\", \"hooks\": [" __VA_ARGS__ "]}")

#define ENTRY \
    HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config, \
                                           hg_plugin *plugin)

/* A plugin with one hook, whose `self` is the control, or null without one. */
#define PLUGIN(name, hook, flags, function) \
    MANIFEST(name, "\"" hook "\"") \
    ENTRY { \
        hg_plugin_init(plugin, name, "1.0.0", control_in(config)); \
        return hg_add_hook(host, registrar, hook, flags, function); \
    }

/* A text of the configuration, or "" without one; valid until the next call. */
static inline const char *text_in(const hg_block *config, const char *key) {
    static __thread char text[1024];
    hg_slice value = hg_text(hg_get(hg_root(config), hg_text_of(key)));
    size_t size = value.size < sizeof(text) ? value.size : sizeof(text) - 1;
    if (size > 0) memcpy(text, value.data, size);
    text[size] = '\0';
    return text;
}

static inline control *control_in(const hg_block *config) {
    const char *path = text_in(config, "control");
    return *path == '\0' ? NULL : control_open(path);
}

static inline const char *status_name(hg_status status) {
    switch (status) {
    case HG_OK: return "HG_OK";
    case HG_E_ARGUMENT: return "HG_E_ARGUMENT";
    case HG_E_STATE: return "HG_E_STATE";
    case HG_E_LATE: return "HG_E_LATE";
    case HG_E_TYPE: return "HG_E_TYPE";
    case HG_E_MISSING: return "HG_E_MISSING";
    case HG_E_LIMIT: return "HG_E_LIMIT";
    case HG_E_FORBIDDEN: return "HG_E_FORBIDDEN";
    default: return "another status";
    }
}

#endif
