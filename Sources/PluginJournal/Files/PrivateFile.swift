import Glibc

// The calls of the system that this module needs. Pointers stay within this file: each is valid for the one call that it
// is passed to, which keeps none of them and is told how much memory it points to.

/// An open file that is this user's alone, closed at the end of its life.
struct PrivateFile: ~Copyable {
    let path: String
    let descriptor: Int32

    enum Mode {
        /// As it is.
        case read
        /// For reading and writing; made if it is missing.
        case keep
        /// Empty, for writing.
        case replace
    }

    /// Opens a file.
    ///
    /// - Throws: Why it cannot be, or must not be used; `nil` comes of a file that is not there.
    init?(_ path: String, _ mode: Mode) throws(JournalError) {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .keep: O_RDWR | O_CREAT
            case .replace: O_WRONLY | O_CREAT | O_TRUNC
            }
        let number = unsafe open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o600)
        if number < 0, errno == ENOENT, mode == .read { return nil }
        guard number >= 0 else { throw JournalError("\(path): cannot be opened: \(Self.text(errno))") }
        if let objection = Self.objection(to: number, at: path) {
            close(number)
            throw objection
        }
        self.path = path
        descriptor = number
    }

    deinit {
        close(descriptor)
    }

    /// That somebody else may have written to the file, or could.
    private static func objection(to descriptor: Int32, at path: String) -> JournalError? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            return JournalError("\(path): cannot be examined: \(text(errno))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return JournalError("\(path): is no file; move it away") }
        guard status.st_uid == geteuid() else {
            return foreign(path, status.st_uid)
        }
        guard status.st_mode & 0o022 == 0 else {
            return JournalError(
                "\(path): its mode \(String(status.st_mode & 0o777, radix: 8)) lets other users write to it; look who "
                    + "did, and run chmod 600 on it"
            )
        }
        return nil
    }

    /// Checks that a directory, if it is there, belongs to the user of this process.
    static func checkOwner(ofDirectory path: String) throws(JournalError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw JournalError("\(path): cannot be examined: \(text(errno))")
        }
        if status.st_uid != geteuid() { throw foreign(path, status.st_uid) }
    }

    private static func foreign(_ path: String, _ owner: UInt32) -> JournalError {
        JournalError(
            "\(path): belongs to user \(owner), but this process runs as user \(geteuid()); run it as that user (sudo -u "
                + "'#\(owner)'), or chown it"
        )
    }

    /// All of it, but not more than so many bytes.
    func read(atMost limit: Int) throws(JournalError) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = unsafe pread(descriptor, &part, min(part.count, limit - bytes.count), off_t(bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("be read") }
            if count == 0 { break }
            bytes += part[..<count]
        }
        return bytes
    }

    /// Writes all bytes to the device.
    func write(_ bytes: [UInt8]) throws(JournalError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno != EINTR { throw failure("be written") }
            done += max(count, 0)
        }
        guard fsync(descriptor) == 0 else { throw failure("be written") }
    }

    /// Has the file for this process alone until it is closed.
    ///
    /// - Returns: `false` if another process has it, and this is not to wait.
    func lock(waits: Bool) -> Bool {
        while flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }

    /// Lets other processes have the file.
    func unlock() {
        flock(descriptor, LOCK_UN)
    }

    static func rename(_ path: String, to new: String) throws(JournalError) {
        guard unsafe Glibc.rename(path, new) == 0 else {
            throw JournalError("\(path): cannot be renamed to \(new): \(text(errno))")
        }
    }

    private func failure(_ operation: String) -> JournalError {
        JournalError("\(path): cannot \(operation): \(Self.text(errno))")
    }

    /// The system's words for an `errno`, with the mend where there is one.
    static func text(_ number: Int32) -> String {
        // The text is the C library's, lasts until this thread asks again, and ends with a NUL.
        let text = unsafe String(cString: strerror(number))
        return switch number {
        case EACCES, EPERM: text + "; give this process's user the right to do so"
        case ENOSPC, EDQUOT: text + "; free space there"
        case ELOOP: text + "; it is a symbolic link, which is not followed: remove it"
        default: text
        }
    }
}
