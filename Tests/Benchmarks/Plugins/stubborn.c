/* Hooks that do not return in time: they sleep or spin for the milliseconds of their payload. */
#include <hookgate/hookgate.h>

#include <time.h>

HG_MANIFEST("{\"manifest\": 1, \"name\": \"bench_stubborn_c\", \"version\": \"1.0.0\"}")

static int64_t milliseconds_of(hg_call *call) {
    int64_t milliseconds = 0;
    hg_int64(hg_get_text(hg_root(call->payload), "milliseconds"), &milliseconds);
    return milliseconds;
}

static hg_status sleep_long(void *self, hg_call *call) {
    int64_t milliseconds = milliseconds_of(call);
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    (void)self;
    nanosleep(&time, NULL);
    return HG_OK;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static hg_status spin_long(void *self, hg_call *call) {
    int64_t end = now() + milliseconds_of(call);
    (void)self;
    while (now() < end) {}
    return HG_OK;
}

HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                       hg_plugin *plugin) {
    (void)config;
    hg_plugin_init(plugin, "bench_stubborn_c", "1.0.0", NULL);
    hg_add_hook(host, registrar, "c_sleep", HG_MAY_BLOCK, sleep_long);
    return hg_add_hook(host, registrar, "c_spin", HG_MAY_BLOCK, spin_long);
}
