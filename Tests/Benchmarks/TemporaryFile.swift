import Glibc

/// Files for one run of the benchmark, in the folder `TMPDIR`: nobody else may be able to write there, or the plugins
/// among them are not loaded.
enum TemporaryFile {
    struct Failure: Error {
        let path: String
        let error: Int32
    }

    /// Writes a new file.
    static func write(_ text: String) throws -> String {
        try write(Array(text.utf8), suffix: ".yaml")
    }

    /// Writes a new file.
    static func write(_ bytes: [UInt8], suffix: String) throws -> String {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var path = Array("\(folder)/hookgate-bench.XXXXXX\(suffix)".utf8CString)
        let descriptor = unsafe mkstemps(&path, Int32(suffix.utf8.count))
        let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard descriptor >= 0 else { throw Failure(path: name, error: errno) }
        close(descriptor)
        try replace(name, bytes)
        return name
    }

    /// Replaces the content of a file.
    static func write(_ text: String, to path: String) throws {
        try replace(path, Array(text.utf8))
    }

    static func read(_ path: String) throws -> [UInt8] {
        guard let file = unsafe fopen(path, "r") else { throw Failure(path: path, error: errno) }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = unsafe fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    /// Replaces the content of a file.
    static func replace(_ path: String, _ bytes: [UInt8]) throws {
        guard let file = unsafe fopen(path, "w") else { throw Failure(path: path, error: errno) }
        defer { unsafe fclose(file) }
        guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(path: path, error: errno) }
    }
}
