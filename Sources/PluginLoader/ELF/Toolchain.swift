/// The compilers that a library was made with, from its section `.comment`.
package struct Toolchain: Sendable, Equatable, CustomStringConvertible {
    /// The texts that compilers and linkers left, each once.
    package var comments: [String]
    /// Whether the library has Swift's metadata sections; the Swift compiler leaves no text of its own.
    package var isSwift: Bool

    private static let maximumComments = 64

    package init(comment: ArraySlice<UInt8>, isSwift: Bool) {
        self.isSwift = isSwift
        comments = []
        for text in comment.prefix(65_536).split(separator: 0).prefix(Self.maximumComments) {
            let text = String(decoding: text, as: UTF8.self)
            if !comments.contains(text) { comments.append(text) }
        }
    }

    /// "Swift (clang 21.0.0)", "clang 21.0.0", "rustc 1.80.0", "GCC: (Debian 12.2.0-14) 12.2.0" or "unknown".
    ///
    /// Every library has a text of gcc, which made the C library's start files: the others come first.
    package var description: String {
        let compiler = version(after: "rustc") ?? version(after: "clang") ?? comments.first { $0.hasPrefix("GCC") }
        let name = compiler ?? comments.first
        guard isSwift else { return name ?? "unknown" }
        return name.map { "Swift (\($0))" } ?? "Swift"
    }

    /// "clang 21.0.0" of "Debian clang version 21.0.0 (…)".
    private func version(after compiler: String) -> String? {
        for comment in comments {
            let words = comment.split(separator: " ")
            guard let index = words.firstIndex(of: Substring(compiler)), index + 2 < words.count else { continue }
            if words[index + 1] == "version" { return "\(compiler) \(words[index + 2])" }
        }
        return nil
    }
}
