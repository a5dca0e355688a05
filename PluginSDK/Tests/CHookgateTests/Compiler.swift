import Glibc

/// A C or C++ compiler of this machine.
struct Compiler {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What the shell calls it.
    let command: String
    private let language: String

    /// The compilers that are installed, at least one.
    static func all(for standard: String) throws -> [Compiler] {
        let isCpp = standard.hasPrefix("c++")
        let names = isCpp ? ["g++", "clang++"] : ["gcc", "clang"]
        let found = try names.filter { try run("command -v \($0) >/dev/null || echo missing", input: "") == "" }
        guard !found.isEmpty else { throw Failure(description: "none of \(names) is installed") }
        return found.map { Compiler(command: $0, language: isCpp ? "c++" : "c") }
    }

    /// Compiles a text with all warnings as errors, and answers what the compiler says: nothing if it is content.
    func check(_ source: String, standard: String) throws -> String {
        let flags = "-std=\(standard) -Wall -Wextra -pedantic -Werror -fPIC -I'\(Self.headers)'"
        return try Self.run("\(command) \(flags) -x \(language) -c -o /dev/null - 2>&1", input: source)
    }

    /// Runs a command with a text as its input, and answers what it prints.
    private static func run(_ command: String, input: String) throws -> String {
        let script = "\(command) <<'END_OF_INPUT'\n\(input)\nEND_OF_INPUT\n"
        guard let pipe = unsafe popen(script, "r") else { throw Failure(description: "cannot run \(command)") }
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe fread(&part, 1, part.count, pipe)
            guard count > 0 else { break }
            output += part[..<count]
        }
        unsafe pclose(pipe)
        return String(decoding: output, as: UTF8.self)
    }

    private static let headers: String = {
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return package.joined(separator: "/") + "/Sources/CHookgate/include"
    }()
}
