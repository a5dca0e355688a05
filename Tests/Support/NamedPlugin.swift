/// Builds of one small plugin that differ in a few bytes, without a compiler for each.
package enum NamedPlugin {
    /// A plugin of a kind whose hook `tool_pre_invoke` sets the metadata `seen_by` to a mark.
    ///
    /// Both are of 16 letters
    /// at most.
    package static func bytes(kind: String, mark: String = "") throws -> [UInt8] {
        try bytes(of: "named", kind: kind, mark: mark)
    }

    /// A plugin of a kind whose hook `prompt_pre_fetch` appends a mark to the argument `marks`.
    ///
    /// Both are of 16 letters at most.
    package static func prompts(kind: String, mark: String) throws -> [UInt8] {
        try bytes(of: "prompt_marks", kind: kind, mark: mark)
    }

    private static func bytes(of fixture: String, kind: String, mark: String) throws -> [UInt8] {
        var bytes = try FixturePlugin.bytes(fixture)
        // In the manifest the quotes move, so that the spaces are outside.
        try replace("\"kind____________\"", with: "\"\(kind)\"", in: &bytes)
        try replace("kind____________", with: kind, in: &bytes)
        try replace("mark____________", with: mark, in: &bytes)
        return bytes
    }

    /// A build of `versioned.c` with a number.
    package static func build(_ number: Int) throws -> [UInt8] {
        var bytes = try FixturePlugin.bytes("versioned")
        let digits = String(String(10_000_000_000 + number).dropFirst())
        try replace("BUILD:0000000000", with: "BUILD:\(digits)", in: &bytes)
        return bytes
    }

    /// Replaces every occurrence of a text by one of the same length, padded with spaces.
    private static func replace(_ text: String, with replacement: String, in bytes: inout [UInt8]) throws {
        let pattern = Array(text.utf8)
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: pattern.count - replacement.utf8.count)
        let starts = bytes.indices.filter { bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern) }
        guard !starts.isEmpty else { throw SetupFailure("no \(text) in the fixture") }
        for start in starts {
            bytes.replaceSubrange(start..<start + pattern.count, with: Array(replacement.utf8) + padding)
        }
    }
}
