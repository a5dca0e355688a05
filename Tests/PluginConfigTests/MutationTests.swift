import PluginConfig
import TestSupport
import Testing

@Suite("Mutations")
struct MutationTests {
    private static let text = """
        plugins:
          - name: Mask
            kind: pii_filter
            hooks: [tool_pre_invoke, tool_post_invoke]
            tags: &tags [a, b]
            mode: permissive
            priority: 50
            timeout: 2.5
            conditions:
              - {tools: [a, "b"], match: glob}
            config: {detect: true, ratio: 1.10, list: [1, ~, x]}
          - name: Bound
            kind: ffi
            tags: *tags
            required: yes
            config:
              library: lib.so
              symbol: f
              hook: h
              signature: "void(str a)"
        plugin_dirs: [plugins]
        plugin_settings:
          plugin_timeout: 30
          fail_on_plugin_error: off
        """

    private static let words = [
        "", "~", "[]", "{}", "[[", "}", "- ", ": ", "5", "-1", "1e999", ".inf", "true", "no", "'", "\"", "\"50\"", "|",
        "&a ", "*a", "!!int ", "{{ env.X }}", "\"{{ env.X }}\"", "<<: ", "plugins", "name", "mode", "external", "\t",
        "\n",
        "  ", "\u{0}", "é", "99999999999999999999", "audit", "---\n", "#",
    ]

    @Test("no change to a valid file makes the loader fault", arguments: 1...8 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var valid = 0
        for _ in 0..<500 {
            let loaded = load(generator.mutated(Self.text, words: Self.words))
            let hasErrors = loaded.problems.contains { $0.severity == .error }
            #expect((loaded.content == nil) == hasErrors)
            #expect(loaded.report.isEmpty == loaded.problems.isEmpty)
            if !hasErrors { valid += 1 }
        }
        // The mutations must reach both outcomes, or they prove nothing.
        #expect((1..<500).contains(valid))
    }
}

extension SplitMix64 {
    /// One to three changes: a word put in, a word replaced, or a line removed, doubled or moved.
    fileprivate mutating func mutated(_ text: String, words: [String]) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let line = Int.random(in: lines.indices, using: &self)
            let word = words[Int.random(in: words.indices, using: &self)]
            switch Int.random(in: 0..<5, using: &self) {
            case 0:
                let offset = Int.random(in: 0...lines[line].count, using: &self)
                lines[line].insert(contentsOf: word, at: lines[line].index(lines[line].startIndex, offsetBy: offset))
            case 1: lines[line] = String(lines[line].prefix { $0 != ":" }) + ": " + word
            case 2: lines[line] = ""
            case 3: lines.insert(lines[line], at: Int.random(in: lines.indices, using: &self))
            default: lines.swapAt(line, Int.random(in: lines.indices, using: &self))
            }
        }
        return lines.joined(separator: "\n")
    }
}
