import Glibc

/// Builds libraries with the C compiler of the machine, in a directory that is gone afterwards.
enum Workshop {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    static let headers = "\(packageRoot)/PluginSDK/Sources/CHookgate/include"

    /// Writes the files, runs the commands there, and returns the bytes of one of the results.
    static func make(_ result: String, files: [String: String], _ commands: String...) throws -> [UInt8] {
        let directory = try temporaryDirectory()
        defer { _ = unsafe system("rm -rf '\(directory)'") }
        for (name, text) in files {
            try write(text, to: "\(directory)/\(name)")
        }
        for command in commands {
            let status = unsafe system("cd '\(directory)' && { \(command); } >>output 2>&1")
            guard status == 0 else {
                let output = try String(decoding: read("\(directory)/output"), as: UTF8.self)
                throw Failure(description: "\(command)\n\(output)")
            }
        }
        return try read("\(directory)/\(result)")
    }

    /// A library of one C file that refers to nothing outside, so that its tables are the same on every machine.
    static func library(_ source: String, flags: String = "") throws -> [UInt8] {
        try make("it.so", files: ["it.c": source], "cc -shared -fPIC -nostdlib -I '\(headers)' -o it.so it.c \(flags)")
    }

    static func read(_ path: String) throws -> [UInt8] {
        guard let file = unsafe fopen(path, "rb") else { throw Failure(description: "cannot open \(path)") }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe fread(&part, 1, part.count, file)
            guard count > 0 else { return bytes }
            bytes += part[..<count]
        }
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = unsafe fopen(path, "wb") else { throw Failure(description: "cannot make \(path)") }
        defer { unsafe fclose(file) }
        guard unsafe fputs(text, file) >= 0 else { throw Failure(description: "cannot write \(path)") }
    }

    private static func temporaryDirectory() throws -> String {
        var template = Array("/tmp/hookgate-workshop.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw Failure(description: "cannot make a directory in /tmp") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static let packageRoot = String(
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    )
}
