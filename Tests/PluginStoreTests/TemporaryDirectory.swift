import Glibc

/// A directory for one test, removed with all that is in it.
final class TemporaryDirectory: Sendable {
    struct Failure: Error {
        var operation: String
        var number = errno
    }

    let path: String

    init() throws {
        var template = Array("/tmp/hookgate-store.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw Failure(operation: "mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        _ = unsafe system("rm -rf '\(path)'")
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let path = self(name)
        try Files.write(text, to: path)
        return path
    }
}

/// What the tests do to files.
enum Files {
    static func write(_ text: String, to path: String, append: Bool = false) throws {
        guard let file = unsafe fopen(path, append ? "ab" : "wb") else {
            throw TemporaryDirectory.Failure(operation: "open \(path)")
        }
        defer { unsafe fclose(file) }
        guard unsafe fputs(text, file) >= 0 else { throw TemporaryDirectory.Failure(operation: "write \(path)") }
    }

    static func read(_ path: String) throws -> String {
        guard let file = unsafe fopen(path, "rb") else {
            throw TemporaryDirectory.Failure(operation: "open \(path)")
        }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// The names in a directory, sorted.
    static func names(in path: String) throws -> [String] {
        guard let directory = unsafe opendir(path) else {
            throw TemporaryDirectory.Failure(operation: "list \(path)")
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Of the file itself, not of what a symbolic link leads to.
    static func status(_ path: String) throws -> stat {
        var status = stat()
        try check(unsafe lstat(path, &status), "lstat \(path)")
        return status
    }

    /// "700" and the like.
    static func mode(_ path: String) throws -> String {
        String(try status(path).st_mode & 0o7777, radix: 8)
    }

    static func setMode(_ mode: mode_t, _ path: String) throws {
        try check(unsafe chmod(path, mode), "chmod \(path)")
    }

    static func setAge(_ seconds: Int, _ path: String) throws {
        let time = timespec(tv_sec: Glibc.time(nil) - seconds, tv_nsec: 0)
        try check(unsafe utimensat(AT_FDCWD, path, [time, time], 0), "utimensat \(path)")
    }

    static func check(_ result: Int32, _ operation: String) throws {
        guard result == 0 else { throw TemporaryDirectory.Failure(operation: operation) }
    }
}
