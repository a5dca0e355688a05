import Glibc

extension SandboxPolicy.User {
    /// Whether a process could become the user at all: a container may know but a few.
    package var existsHere: Bool {
        UserNamespace.contains(uid, "/proc/self/uid_map") && UserNamespace.contains(gid, "/proc/self/gid_map")
    }
}

/// The users that exist for this process.
private enum UserNamespace {
    /// A line of a map has the first number inside, the first number outside, and how many there are.
    static func contains(_ number: UInt32, _ map: String) -> Bool {
        guard let text = text(of: map) else { return true }
        return text.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ").compactMap { UInt64($0) }
            guard fields.count == 3 else { return false }
            return (fields[0]..<fields[0] + fields[2]).contains(UInt64(number))
        }
    }

    private static func text(of path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = unsafe read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }
}
