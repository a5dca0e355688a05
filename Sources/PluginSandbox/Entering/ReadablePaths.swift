/// What may be read under every profile that restricts files.
enum ReadablePaths {
    /// Libraries, and what the loader, the C library and the runtimes look at.
    static let customary = [
        "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/ld.so.preload",
        "/etc/localtime", "/usr/share/zoneinfo", "/usr/share/locale", "/usr/share/i18n",
        "/dev/zero", "/dev/random", "/dev/urandom",
        "/proc/self/maps", "/proc/self/stat", "/proc/self/statm", "/proc/self/status", "/proc/cpuinfo",
        "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
    ]

    /// What may also be written, since nothing comes of it.
    static let sink = "/dev/null"

    /// Where Dispatch looks whether its threads run.
    ///
    /// Where there is no filter of system calls, nobody else answers that.
    static let processes = "/proc"
}
