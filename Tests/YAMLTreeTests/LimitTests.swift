import Testing
import YAMLTree

@Suite("Limits")
struct LimitTests {
    private static func limits(_ change: (inout YAMLLimits) -> Void) -> YAMLLimits {
        var limits = YAMLLimits()
        change(&limits)
        return limits
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("a file may be as large as the limit and no larger")
    func bytes() {
        let limits = Self.limits { $0.bytes = 5 }
        #expect(outline(document("a: 1\n", limits: limits).root) == "{a@1:1: int 1@1:4}@1:1")
        #expect(errors("a: 12\n", limits: limits) == ["1:1 limit: the file is larger than 5 bytes"])
    }

    @Test("values may nest as deep as the limit and no deeper")
    func depth() {
        #expect(errors(Self.nested(64)) == [])
        #expect(errors(Self.nested(65)) == ["1:65 limit: values are nested deeper than 64 levels"])
        #expect(
            errors(String(repeating: "[", count: 1_000_000)) == ["1:65 limit: values are nested deeper than 64 levels"]
        )
        let block = (0..<65).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(errors(block) == ["64:64 limit: values are nested deeper than 64 levels"])
    }

    @Test("an alias counts with the depth of what it stands for")
    func depthOfAliases() {
        let limits = Self.limits { $0.depth = 4 }
        #expect(errors("- &a [[x]]\n- *a\n", limits: limits) == [])
        #expect(
            errors("- &a [[x]]\n- [*a]\n", limits: limits) == ["2:4 limit: values are nested deeper than 4 levels"]
        )
        // Each line is one level deeper than the one before, though no line nests by itself.
        let chain = "- &a0 x\n" + (1...100).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
        #expect(errors(chain) == ["64:9 limit: values are nested deeper than 64 levels"])
    }

    @Test("values are counted with aliases expanded")
    func nodes() {
        let limits = Self.limits { $0.nodes = 9 }
        #expect(errors("- &a [1, 2]\n- *a\n- x\n- y\n", limits: limits) == [])
        #expect(
            errors("- &a [1, 2]\n- *a\n- x\n- y\n- z\n", limits: limits)
                == ["5:3 limit: the file has more than 9 values, aliases expanded"]
        )
        #expect(
            errors("- &a [1, 2]\n- *a\n- *a\n", limits: limits)
                == ["3:3 limit: the file has more than 9 values, aliases expanded"]
        )
    }

    @Test("text is counted with aliases expanded")
    func textBytes() {
        let limits = Self.limits { $0.textBytes = 8 }
        #expect(errors("- &a äb\n- *a\n- xy\n", limits: limits) == [])
        #expect(
            errors("- &a äb\n- *a\n- *a\n", limits: limits)
                == ["3:3 limit: the file has more than 8 bytes of text, aliases expanded"]
        )
    }

    @Test("the reading ends after too many mistakes")
    func mistakes() {
        let limits = Self.limits { $0.errors = 2 }
        #expect(
            errors("a: 1\na: 2\na: 3\na: 4\na: 5\n", limits: limits) == [
                "2:1 duplicateKey: duplicate key \"a\", first given at 1:1",
                "3:1 duplicateKey: duplicate key \"a\", first given at 1:1",
                "4:1 limit: too many mistakes; the rest of the file was not read | mend those above first",
            ]
        )
    }

    @Test("directives are few")
    func directives() {
        func text(_ count: Int) -> String { (1...count).map { "%TAG !t\($0)! x\n" }.joined() + "---\na: 1\n" }
        #expect(errors(text(16)) == [])
        for count in [17, 100_000] {
            #expect(
                errors(text(count)) == [
                    "17:1 limit: more than 16 lines begin with '%', as directives do"
                        + " | remove them; indent those that belong to a text"
                ]
            )
        }
    }

    @Test("a billion laughs are refused at once")
    func billionLaughs() {
        let lines = (1...9).map {
            "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(
            errors("a0: &a0 [lol, lol]\n" + lines.joined())
                == ["6:50 limit: the file has more than 200000 values, aliases expanded"]
        )
    }
}
