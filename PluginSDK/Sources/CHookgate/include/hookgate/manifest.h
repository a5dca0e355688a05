/* What can be read from a plugin's file without running any of its code: two ELF sections.
 *
 *   .hookgate.manifest   JSON: {"manifest": 1, "name", "version", "author", "description", "tags", "hooks",
 *                        "aliases", "default_config", "config_schema"}
 *   .hookgate.abi        three little-endian uint32: format (1), HG_ABI_MAJOR, HG_ABI_MINOR
 *
 * One C file of the plugin includes one of the two macros, at file scope:
 *
 *   HG_MANIFEST("{\"manifest\": 1, \"name\": \"email_guard\", ...}")
 *
 *   HG_MANIFEST_BYTES = {
 *   #embed "manifest.json"
 *   };
 */
#ifndef HOOKGATE_MANIFEST_H
#define HOOKGATE_MANIFEST_H

#include "slice.h"

/* `retain` keeps the section when the linker collects unused ones. */
#if defined(__has_attribute)
#if __has_attribute(retain)
#define HG_SECTION(name) __attribute__((section(name), used, retain))
#endif
#endif
#ifndef HG_SECTION
#define HG_SECTION(name) __attribute__((section(name), used))
#endif

#define HG_ABI_NOTE \
    HG_SECTION(".hookgate.abi") static const uint32_t hg_abi_note[3] = {1, HG_ABI_MAJOR, HG_ABI_MINOR}

#define HG_MANIFEST(text) \
    HG_ABI_NOTE; \
    HG_SECTION(".hookgate.manifest") static const char hg_manifest[] = text;

#define HG_MANIFEST_BYTES \
    HG_ABI_NOTE; \
    HG_SECTION(".hookgate.manifest") static const unsigned char hg_manifest[]

#endif
