import PluginSDK
import PluginText

/// A pattern of the operator's, whose first group, if it has one, is the secret.
struct CustomPattern: Sendable {
    let kind: SecretKind
    let pattern: Pattern

    /// One entry as it is written.
    struct Entry: Decodable {
        let name: String
        let pattern: String
    }

    init(_ entry: Entry, at pointer: String) throws(ConfigurationProblem) {
        guard !entry.name.isEmpty else { throw ConfigurationProblem(at: pointer + "/name", "the name is empty") }
        kind = SecretKind(entry.name)
        pattern = try Pattern(configured: entry.pattern, at: pointer + "/pattern")
    }
}

extension Pattern {
    /// Compiles a pattern of the operator's.
    init(configured source: String, at pointer: String) throws(ConfigurationProblem) {
        do throws(PatternError) {
            try self.init(source)
            guard try !isMatch(in: "") else {
                throw PatternError.syntax(pattern: source, message: "it matches an empty text", offset: 0)
            }
        } catch {
            throw ConfigurationProblem(at: pointer, "\(error)")
        }
    }
}
