import Glibc

/// Something that a test could not do to its surroundings.
package struct SetupFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    /// A failed call of the system.
    package init(operation: String) {
        description = "cannot \(operation): \(unsafe String(cString: strerror(errno)))"
    }
}

/// A directory for one test, removed with all that is in it.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() throws {
        var template = Array("/tmp/hookgate-test.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw SetupFailure(operation: "make a directory in /tmp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        _ = unsafe system("rm -rf '\(path)'")
    }

    /// The path of something in the directory.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, and answers its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    /// Writes a file as an operator should: under another name, then renamed.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = self(name)
        try Files.write(bytes, to: path + ".part")
        guard unsafe rename(path + ".part", path) == 0 else { throw SetupFailure(operation: "rename \(path)") }
        return path
    }

    /// Copies a file into the directory, and answers its new path.
    @discardableResult
    package func copy(_ source: String, to name: String) throws -> String {
        try write(Files.read(source), to: name)
    }

    /// Makes a directory in the directory, and answers its path.
    @discardableResult
    package func makeDirectory(_ name: String) throws -> String {
        let path = self(name)
        guard unsafe mkdir(path, 0o755) == 0 else { throw SetupFailure(operation: "make \(path)") }
        return path
    }
}

/// Whole files.
package enum Files {
    package static func read(_ path: String) throws -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SetupFailure(operation: "open \(path)") }
        defer { close(descriptor) }
        return try readAll(of: descriptor)
    }

    package static func readText(_ path: String) throws -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    package static func remove(_ path: String) throws {
        guard unsafe unlink(path) == 0 else { throw SetupFailure(operation: "remove \(path)") }
    }

    /// The names in a directory, sorted.
    package static func names(in path: String) throws -> [String] {
        guard let directory = unsafe opendir(path) else { throw SetupFailure(operation: "list \(path)") }
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

    static func readAll(of descriptor: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &part, part.count)
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { throw SetupFailure(operation: "read") }
            if count > 0 { bytes += part[..<count] }
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SetupFailure(operation: "make \(path)") }
        defer { close(descriptor) }
        guard writeAll(bytes, to: descriptor) else { throw SetupFailure(operation: "write \(path)") }
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if count < 0, errno != EINTR { return false }
            if count > 0 { written += count }
        }
        return true
    }
}
