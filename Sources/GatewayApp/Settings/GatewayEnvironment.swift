import Foundation

/// Environment variables, and what `.env` in the working directory says where they are silent.
package struct GatewayEnvironment: Sendable, Equatable {
    /// All variables, also those that are set to nothing.
    package let variables: [String: String]

    /// Takes variables.
    package init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The variables of this process, and the file `.env`, as they were when first asked for.
    package static let process: GatewayEnvironment = {
        let file = FileManager.default.contents(atPath: ".env").map { parse(String(decoding: $0, as: UTF8.self)) }
        let process = ProcessInfo.processInfo.environment
        return GatewayEnvironment(
            (file ?? [:]).merging(process) { line, variable in variable.isEmpty ? line : variable }
        )
    }()

    /// The value of a variable; one that is empty counts as absent.
    package subscript(name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads lines of the form `NAME=value`; the value may be quoted, and `export` may stand before it.
    package static func parse(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            var line = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("export ") { line = String(line.dropFirst("export ".count)) }
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            let name = line[..<equals].trimmingCharacters(in: .whitespaces)
            values[name] = value(line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces))
        }
        return values
    }

    private static func value(_ text: String) -> String {
        for quote in ["\"", "'"] where text.hasPrefix(quote) {
            if let end = text.dropFirst().firstIndex(of: Character(quote)) {
                return String(text[text.index(after: text.startIndex)..<end])
            }
        }
        guard let comment = text.range(of: " #") else { return text }
        return text[..<comment.lowerBound].trimmingCharacters(in: .whitespaces)
    }
}
