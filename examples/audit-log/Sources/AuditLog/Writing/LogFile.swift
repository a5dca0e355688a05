import Glibc

/// A file to which whole lines are appended, which others may rename or delete meanwhile.
///
/// A line is one `write` on a file in append mode, so that lines of several writers never mix. The file is made for its
/// owner alone, and no symbolic link is followed to it.
package final class LogFile {
    /// Writes bytes to a descriptor as `write` does; a test may have its own.
    package typealias Write = (Int32, UnsafeRawBufferPointer) -> Int

    private let path: String
    private let checkInterval: Duration
    private let write: Write
    private var descriptor: Int32
    private var identity: Identity
    private var lastCheck: ContinuousClock.Instant
    /// Whether the file ends with a part of a line, for which there was no room.
    private var endsInPart = false
    /// Why the file of that name could not be opened when it was looked for last.
    private var trouble: LogFileError?

    /// Which file a name stands for.
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t

        init(_ status: stat) {
            device = status.st_dev
            inode = status.st_ino
        }
    }

    /// Opens a file, or makes it.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - checkInterval: How often to look whether it is still there, at most.
    ///   - now: The time.
    ///   - write: What writes.
    /// - Throws: Why it cannot be opened.
    package init(
        path: String,
        checkInterval: Duration,
        now: ContinuousClock.Instant = .now,
        write: @escaping Write = { Glibc.write($0, $1.baseAddress, $1.count) }
    ) throws(LogFileError) {
        self.path = path
        self.checkInterval = checkInterval
        self.write = write
        lastCheck = now
        (descriptor, identity) = try Self.open(path)
    }

    deinit { close(descriptor) }

    /// Appends a line, to the file that has the name now.
    ///
    /// - Parameters:
    ///   - line: With the line feed at its end.
    ///   - now: The time.
    /// - Returns: Why the line went to the file of before, which was renamed; `nil` if all is well.
    /// - Throws: Why the line is lost.
    @discardableResult
    package func append(
        _ line: [UInt8],
        now: ContinuousClock.Instant = .now
    ) throws(LogFileError) -> LogFileError? {
        followName(now)
        // A file without a name is lost with all that is written to it.
        if let trouble, hasNoName { throw trouble }
        let bytes = endsInPart ? [UInt8(ascii: "\n")] + line : line
        let count = bytes.withUnsafeBytes { bytes in retrying { write(descriptor, bytes) } }
        guard count == bytes.count else {
            let code = count < 0 ? errno : ENOSPC
            if count > 0 { endsInPart = true }
            throw LogFileError(.write, path, code: code)
        }
        endsInPart = false
        return trouble
    }

    /// Opens the file anew if it was renamed or deleted.
    ///
    /// A deleted file is noticed at once, a renamed one after some time: it keeps what is written to it until then.
    private func followName(_ now: ContinuousClock.Instant) {
        guard now - lastCheck >= checkInterval || hasNoName else { return }
        lastCheck = now
        trouble = nil
        var status = stat()
        if lstat(path, &status) == 0, Identity(status) == identity { return }
        do throws(LogFileError) {
            let (new, newIdentity) = try Self.open(path)
            close(descriptor)
            (descriptor, identity) = (new, newIdentity)
            endsInPart = false
        } catch {
            trouble = error
        }
    }

    private var hasNoName: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink == 0
    }

    private static func open(_ path: String) throws(LogFileError) -> (Int32, Identity) {
        // Without blocking, since a pipe that nobody reads would never open.
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = retrying { Int(Glibc.open(path, flags, 0o600)) }
        guard descriptor >= 0 else { throw LogFileError(.open, path, code: errno) }
        var status = stat()
        guard fstat(Int32(descriptor), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(Int32(descriptor))
            throw LogFileError(.open, path, code: nil)
        }
        return (Int32(descriptor), Identity(status))
    }
}

@available(*, unavailable)
extension LogFile: Sendable {}

/// Repeats what a signal has interrupted.
private func retrying(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
