import Glibc

/// Reads a file by plain system calls.
enum ConfigurationFile {
    struct Failure: Error {
        let reason: String
        let hint: String?

        fileprivate init(errno code: Int32) {
            reason = unsafe String(cString: strerror(code))
            hint = code == ENOENT ? "a path that does not begin with '/' counts from the working directory" : nil
        }
    }

    /// The bytes of a file, but not more than `limit`.
    static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
        defer { close(descriptor) }

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < limit {
            // The kernel writes into the chunk during the call alone, and no more than its size.
            let count = unsafe read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
            if count == 0 { break }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure(errno: errno) }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
