import Glibc

/// How many descriptors the process may have.
enum OpenFileLimit {
    /// What the process needs beside its clients: the database, plugins, their trial loads, the log.
    private static let reserve = 64

    /// Raises the limit to what the system allows this process: each connection takes a descriptor.
    ///
    /// - Returns: How many connections there is room for.
    static func raise() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        limit.rlim_cur = limit.rlim_max
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return max(1, Int(clamping: limit.rlim_cur) - reserve)
    }
}
