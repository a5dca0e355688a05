package import Glibc

/// The file `hookgate.pid`: locked as long as a gateway runs on its folder, and holding that gateway's process number.
///
/// The lock ends with the process, however that ends.
package struct ProcessLock: ~Copyable {
    private let descriptor: Int32

    /// Takes a folder for this process.
    ///
    /// - Throws: ``GatewayFailure`` if another gateway runs on it.
    package init(_ directory: DataDirectory) throws(GatewayFailure) {
        let path = directory.processFile
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw GatewayFailure("cannot open \(path): \(SystemError.text(errno))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.number(in: descriptor).map { "process \($0)" } ?? "another process"
            close(descriptor)
            throw GatewayFailure(
                "the data directory \(directory.path) is in use by \(owner); stop it, or name another with --data-dir"
            )
        }
        let text = "\(getpid())\n"
        guard ftruncate(descriptor, 0) == 0, unsafe pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count
        else { throw GatewayFailure("cannot write \(path): \(SystemError.text(errno))") }
    }

    deinit { close(descriptor) }

    /// The gateway that runs on a folder; `nil` if none does.
    package static func owner(of directory: DataDirectory) -> pid_t? {
        let descriptor = unsafe open(directory.processFile, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return number(in: descriptor)
    }

    private static func number(in descriptor: Int32) -> pid_t? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return pid_t(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
