/* Rules for files: Landlock. Its headers are younger than some distributions, so its few structures are written down
 * here. */
#define _GNU_SOURCE
#include "CSandbox.h"
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kinds of access to files that each version of the interface knows. */
enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIRECTORY = 1 << 3,
    ALL_OF_1 = (1 << 13) - 1,
    REFER_OF_2 = 1 << 13,
    TRUNCATE_OF_3 = 1 << 14,
    DEVICE_CONTROL_OF_5 = 1 << 15
};
/* Of the network: binding and connecting. Of the rest: abstract sockets and signals outside of the sandbox. */
enum { ALL_NETWORK_OF_4 = 3, ALL_SCOPES_OF_6 = 3 };
enum { ASK_FOR_VERSION = 1, RULE_OF_PATH = 1 };

typedef struct access_rules {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
} access_rules;

typedef struct path_rule {
    uint64_t access;
    int32_t place;
} __attribute__((packed)) path_rule;

static int version(void) {
    long version = syscall(CALL_landlock_create_ruleset, NULL, 0, ASK_FOR_VERSION);
    return version < 0 ? -errno : (int)version;
}

int hookgate_sandbox_files(void) {
    int known = version();
    if (known < 0) return known;
    access_rules rules = {.files = ALL_OF_1};
    if (known >= 2) rules.files |= REFER_OF_2;
    if (known >= 3) rules.files |= TRUNCATE_OF_3;
    if (known >= 4) rules.network = ALL_NETWORK_OF_4;
    if (known >= 5) rules.files |= DEVICE_CONTROL_OF_5;
    if (known >= 6) rules.scopes = ALL_SCOPES_OF_6;
    // Zeros at the end are no concern of an older kernel.
    long files = syscall(CALL_landlock_create_ruleset, &rules, sizeof(rules), 0);
    return files < 0 ? -errno : (int)files;
}

static int allow(int files, const char *path, uint64_t for_file, uint64_t for_folder) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return -errno;
    struct stat status;
    long result = fstat(place, &status);
    if (result == 0) {
        path_rule rule = {S_ISDIR(status.st_mode) ? for_folder : for_file, place};
        result = syscall(CALL_landlock_add_rule, files, RULE_OF_PATH, &rule, 0);
    }
    int error = errno;
    close(place);
    return result == 0 ? 0 : -error;
}

int hookgate_sandbox_allow_reading(int files, const char *path) {
    return allow(files, path, READ_FILE, READ_FILE | READ_DIRECTORY);
}

int hookgate_sandbox_allow_writing(int files, const char *path) {
    return allow(files, path, READ_FILE | WRITE_FILE, READ_FILE | READ_DIRECTORY);
}

static int allow_folder(struct dl_phdr_info *library, size_t size, void *files) {
    (void)size;
    char folder[PATH_MAX];
    const char *end = strrchr(library->dlpi_name, '/');
    size_t length = end == NULL ? 0 : (size_t)(end - library->dlpi_name);
    if (library->dlpi_name[0] != '/' || length == 0 || length >= sizeof(folder)) return 0;
    memcpy(folder, library->dlpi_name, length);
    folder[length] = '\0';
    hookgate_sandbox_allow_reading(*(int *)files, folder);
    return 0;
}

void hookgate_sandbox_allow_libraries(int files) { dl_iterate_phdr(allow_folder, &files); }

int hookgate_sandbox_restrict_files(int files) {
    long result = syscall(CALL_landlock_restrict_self, files, 0);
    int error = errno;
    close(files);
    return result == 0 ? 0 : -error;
}

