internal import Glibc

// The calls of the system that the store needs. Pointers stay within this file: each is valid for the one call that
// it is passed to, which keeps none of them and is told how much memory it points to.

/// An open file, closed at the end of its life.
struct OpenFile: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// How a file is opened; never waiting for the other end of a pipe.
    enum Mode {
        case read
        /// Refuses a symbolic link.
        case readInPlace
        /// Makes a file that is not there yet, and that nobody can write again. Who can read it is the folder's business:
        /// a worker process of another user is handed the descriptor.
        case create
        /// Makes a file that is not there yet, for its owner alone.
        case createPrivate
        /// Makes a file that is not there yet, which all can read.
        case createShared
    }

    init(_ path: String, _ mode: Mode) throws(StoreError) {
        guard !path.utf8.contains(0) else { throw .system(operation: "open", path: path, number: EINVAL) }
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .readInPlace: O_RDONLY | O_NOFOLLOW
            case .create, .createPrivate, .createShared: O_WRONLY | O_CREAT | O_EXCL
            }
        let permissions: mode_t =
            switch mode {
            case .createPrivate: 0o600
            case .createShared: 0o644
            case .read, .readInPlace, .create: 0o400
            }
        let number = unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, permissions)
        guard number >= 0 else { throw .system(operation: "open", path: path, number: errno) }
        // The mask of the process may have taken a part of the mode.
        if mode == .create, fchmod(number, 0o444) != 0 {
            defer { close(number) }
            throw .system(operation: "change the mode of", path: path, number: errno)
        }
        self.path = path
        descriptor = number
    }

    deinit {
        close(descriptor)
    }

    func status() throws(StoreError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("examine") }
        return FileStatus(status)
    }

    /// Reads from the current position to the end, but at most so many bytes.
    func read(atMost limit: Int) throws(StoreError) -> [UInt8] {
        var problem: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit, let start = buffer.baseAddress {
                let result = unsafe Glibc.read(descriptor, start + count, limit - count)
                if result < 0, errno == EINTR { continue }
                if result < 0 { problem = errno }
                if result <= 0 { return }
                count += result
            }
        }
        guard problem == 0 else { throw .system(operation: "read", path: path, number: problem) }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let result = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if result < 0, errno != EINTR { throw failure("write") }
            done += max(result, 0)
        }
    }

    /// Sets the time of the last change to now.
    func touch() throws(StoreError) {
        guard futimens(descriptor, nil) == 0 else { throw failure("touch") }
    }

    private func failure(_ operation: String) -> StoreError {
        .system(operation: operation, path: path, number: errno)
    }
}

/// Changes of directories.
enum Directory {
    /// Makes a directory for us alone, with what is missing above it, unless it is there.
    static func make(_ path: String) throws(StoreError) {
        if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        guard errno == ENOENT, !parent.isEmpty else {
            throw .system(operation: "make the directory", path: path, number: errno)
        }
        try make(parent)
        if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        throw .system(operation: "make the directory", path: path, number: errno)
    }

    /// The absolute path without symbolic links.
    static func absolutePath(_ path: String) throws(StoreError) -> String {
        guard let result = unsafe realpath(path, nil) else {
            throw .system(operation: "examine", path: path, number: errno)
        }
        // The caller of `realpath` frees its result, which ends with a NUL.
        defer { unsafe free(result) }
        return unsafe String(cString: result)
    }

    /// The directories that an absolute path without symbolic links goes through, from the root downwards.
    static func above(_ path: String) -> [String] {
        let ends = path.indices.dropFirst().filter { path[$0] == "/" }
        return ["/"] + ends.map { String(path[..<$0]) }
    }

    static func names(in path: String) throws(StoreError) -> [String] {
        guard let directory = unsafe opendir(path) else {
            throw .system(operation: "list", path: path, number: errno)
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        // An entry lasts until the next one is read, and its name ends with a NUL.
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
            }
            names.append(name)
        }
        return names
    }

    static func rename(_ old: String, to new: String) throws(StoreError) {
        guard unsafe Glibc.rename(old, new) == 0 else {
            throw .system(operation: "rename to \(new)", path: old, number: errno)
        }
    }

    /// Removes a file, which may be gone already.
    static func remove(_ path: String) throws(StoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw .system(operation: "remove", path: path, number: errno)
        }
    }
}

/// What the system says about a file.
struct FileStatus {
    var kind: mode_t
    var permissions: mode_t
    var owner: uid_t
    var group: gid_t
    var links: UInt64
    var size: Int
    var device: dev_t
    var inode: ino_t
    var changed: FileTime

    /// Follows symbolic links; nil if there is no file.
    static func of(_ path: String) throws(StoreError) -> FileStatus? {
        var status = stat()
        if unsafe stat(path, &status) == 0 { return FileStatus(status) }
        if errno == ENOENT { return nil }
        throw .system(operation: "examine", path: path, number: errno)
    }

    init(_ status: stat) {
        kind = status.st_mode & S_IFMT
        permissions = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
        links = UInt64(status.st_nlink)
        size = status.st_size
        device = status.st_dev
        inode = status.st_ino
        changed = FileTime(status.st_mtim)
    }

    var isRegular: Bool { kind == S_IFREG }
    var isDirectory: Bool { kind == S_IFDIR }

    /// "a directory", "a named pipe".
    var kindName: String {
        switch kind {
        case S_IFREG: "a file"
        case S_IFDIR: "a directory"
        case S_IFIFO: "a named pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }
}

/// A time as files have it: seconds and nanoseconds since 1970.
struct FileTime: Equatable {
    private var seconds: Int
    private var nanoseconds: Int

    init(_ time: timespec) {
        (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec)
    }

    /// How long ago it was.
    var age: Duration {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        return .seconds(now.tv_sec - seconds) + .nanoseconds(now.tv_nsec - nanoseconds)
    }
}

/// Numbers of processes and users.
enum ProcessID {
    static var own: pid_t { getpid() }
    static var user: uid_t { geteuid() }

    static func isAlive(_ process: pid_t) -> Bool {
        // A living process of somebody else is EPERM.
        kill(process, 0) == 0 || errno != ESRCH
    }
}

/// Failures of the system that have a mend.
enum SystemFailure {
    case forbidden
    case noSpace
    case readOnly
    case exists
    case tooManyFiles
    case other

    init(_ number: Int32) {
        self =
            switch number {
            case EACCES, EPERM: .forbidden
            case ENOSPC, EDQUOT: .noSpace
            case EROFS: .readOnly
            case EEXIST: .exists
            case EMFILE, ENFILE: .tooManyFiles
            default: .other
            }
    }
}

/// The system's words for an `errno`.
func systemText(of number: Int32) -> String {
    // The text is the C library's, lasts until this thread asks again, and ends with a NUL.
    unsafe String(cString: strerror(number))
}
