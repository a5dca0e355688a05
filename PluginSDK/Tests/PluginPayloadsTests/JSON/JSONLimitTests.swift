import PluginPayloads
import Testing

@Suite("Limits of JSON texts and blocks")
struct JSONLimitTests {
    private func nested(_ depth: Int, _ open: String, _ close: String) -> String {
        String(repeating: open, count: depth) + String(repeating: close, count: depth)
    }

    @Test("a text of just so many bytes is read, one byte more is refused")
    func bytes() throws {
        let limits = JSONLimits(maxBytes: 10)
        #expect(try PayloadBlock(json: #"["123456"]"#, limits: limits).json == #"["123456"]"#)
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: #"["1234567"]"#, limits: limits) }
        #expect(error?.description == "line 1, column 1: the text has 11 bytes, more than the limit of 10")
        #expect(throws: JSONError.self) { try PayloadBlock(json: "1          ", limits: limits) }
    }

    @Test("containers nest just so deep", arguments: [1, 2, 5, 127, 128], [("[", "]"), (#"{"a":"#, "}")])
    func depth(depth: Int, brackets: (String, String)) throws {
        let inner = brackets.0 == "[" ? "" : "{}"
        func text(_ depth: Int) -> String {
            inner.isEmpty
                ? nested(depth, "[", "]")
                : String(repeating: brackets.0, count: depth - 1) + inner + String(repeating: "}", count: depth - 1)
        }
        let limits = JSONLimits(maxDepth: depth)
        #expect(try PayloadBlock(json: text(depth), limits: limits).json == text(depth))
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: text(depth + 1), limits: limits) }
        #expect(error?.message == "more than \(depth) containers within one another")
        #expect(error?.offset == brackets.0.utf8.count * depth)
    }

    @Test("containers behind one another do not count as deep")
    func flat() throws {
        let text = "[" + [String](repeating: "[{}]", count: 1000).joined(separator: ",") + "]"
        #expect(try PayloadBlock(json: text, limits: JSONLimits(maxDepth: 3)).json == text)
        #expect(throws: JSONError.self) { try PayloadBlock(json: text, limits: JSONLimits(maxDepth: 2)) }
    }

    @Test("no limit allows more than 128")
    func deepest() throws {
        let limits = JSONLimits(maxDepth: 1000)
        #expect(try PayloadBlock(json: nested(128, "[", "]"), limits: limits).root.count == 1)
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: nested(129, "[", "]"), limits: limits) }
        #expect(error?.description == "line 1, column 129: more than 128 containers within one another")
    }

    @Test("no container is allowed at the depth 0")
    func depthZero() throws {
        #expect(try PayloadBlock(json: "1", limits: JSONLimits(maxDepth: 0)).json == "1")
        #expect(throws: JSONError.self) { try PayloadBlock(json: "[]", limits: JSONLimits(maxDepth: 0)) }
    }

    @Test(
        "just so many values are read, keys counted",
        arguments: [
            ("1", 1), ("[]", 1), ("[1,2,3]", 4), (#"{"a":1}"#, 3), (#"{"a":[true,null],"b":"c"}"#, 7), ("[[[]]]", 3),
        ]
    )
    func nodes(_ text: String, _ nodes: Int) throws {
        #expect(try PayloadBlock(json: text, limits: JSONLimits(maxNodes: nodes)).json == text)
        let limits = JSONLimits(maxNodes: nodes - 1)
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: text, limits: limits) }
        #expect(error?.message == "more than \(nodes - 1) values")
        #expect(error?.offset == text.utf8.count)
    }

    @Test("the defaults are those of a gateway")
    func defaults() {
        #expect(JSONLimits() == JSONLimits(maxBytes: 16_777_216, maxDepth: 128, maxNodes: 1_048_576))
        #expect(BlockLimits() == BlockLimits(maxBytes: 16_777_216, maxDepth: 128))
    }

    @Test("a block of just so many bytes is accepted, a larger one refused")
    func blockBytes() throws {
        let block = try PayloadBlock(json: #"{"a":[1,2,3]}"#)
        let exact = BlockLimits(maxBytes: block.size)
        let bytes = memory(of: block)
        #expect(refusal(of: bytes, limits: exact) == nil)
        #expect(refusalInPlace(of: bytes, limits: exact) == nil)
        let error = BlockError("the block has \(block.size) bytes, more than the limit of \(block.size - 1)")
        #expect(refusal(of: bytes, limits: BlockLimits(maxBytes: block.size - 1)) == error)
        #expect(refusalInPlace(of: bytes, limits: BlockLimits(maxBytes: block.size - 1)) == error)
    }

    @Test("a block nests just so deep", arguments: [1, 2, 127, 128])
    func blockDepth(depth: Int) throws {
        let bytes = memory(of: try PayloadBlock(json: nested(depth, "[", "]")))
        #expect(refusal(of: bytes, limits: BlockLimits(maxDepth: depth)) == nil)
        let error = try #require(refusal(of: bytes, limits: BlockLimits(maxDepth: depth - 1)))
        #expect(error.description.hasSuffix(": containers nest deeper than \(depth - 1)"))
    }
}
