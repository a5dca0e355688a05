import CHookgate
import PluginPayloads
import Testing

@Suite("Checking blocks")
struct BlockValidatorTests {
    @Test("a broken block is refused with what is wrong and where", arguments: BrokenBlock.all)
    func broken(_ example: BrokenBlock) {
        #expect(refusal(of: example.bytes)?.description == example.error)
        #expect(refusalInPlace(of: example.bytes)?.description == example.error)
    }

    @Test("a block that does not lie at a multiple of 8 is refused in place, and copied", arguments: 1..<8)
    func misaligned(shift: Int) throws {
        let block = try PayloadBlock(json: #"{"a":[1,"x"]}"#)
        let error = refusalInPlace(of: memory(of: block), shift: shift)
        #expect(error?.description == "the block's address is not a multiple of 8")
        let shifted = [UInt8](repeating: 0, count: shift) + memory(of: block)
        let copy = try unsafe shifted.withUnsafeBytes { bytes in
            try unsafe PayloadBlock(validating: UnsafeRawBufferPointer(rebasing: bytes[shift...]))
        }
        #expect(copy == block)
    }

    @Test("what lies behind a block is not looked at")
    func trailing() throws {
        let block = try PayloadBlock(json: "[1]")
        let bytes = memory(of: block) + [1, 2, 3, 4, 5]
        #expect(refusal(of: bytes) == nil)
        #expect(refusalInPlace(of: bytes) == nil)
        #expect(try memory(of: checkedCopy(of: bytes)) == memory(of: block))
    }

    @Test("bytes that nothing refers to are not looked at")
    func garbage() throws {
        var raw = RawBlock()
        raw.text([0xFF, 0xFF, 0xFF])
        let text = raw.text("text")
        raw.node(255, .max, .max)
        raw.text([0xFF])
        raw.node(HG_ARRAY, 1, raw.node(HG_STRING, 4, text))
        raw.text([0xFF, 0xFF])
        #expect(try checkedCopy(of: raw.finished).json == #"["text"]"#)
        #expect(refusalInPlace(of: raw.finished) == nil)
    }

    @Test("texts may lie in any order before their nodes", arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]])
    func order(_ order: [Int]) throws {
        var raw = RawBlock()
        var offsets: [UInt64] = [0, 0, 0]
        for index in order { offsets[index] = raw.text(["one", "two", "three"][index]) }
        let nodes = raw.nodes([(HG_STRING, 3, offsets[0]), (HG_STRING, 3, offsets[1]), (HG_STRING, 5, offsets[2])])
        raw.node(HG_ARRAY, 3, nodes)
        #expect(try checkedCopy(of: raw.finished).json == #"["one","two","three"]"#)
        #expect(refusalInPlace(of: raw.finished) == nil)
    }

    @Test("a text may end where its node begins, and fill all there is")
    func tight() throws {
        for count in 1...64 {
            var raw = RawBlock()
            let text = raw.text(String(repeating: "x", count: count))
            raw.node(HG_STRING, UInt32(count), text)
            #expect(refusalInPlace(of: raw.finished) == nil)
            #expect(try checkedCopy(of: raw.finished).root.string?.utf8.count == count)
        }
    }

    @Test("a copy does not change when the original does")
    func privateCopy() throws {
        var bytes = memory(of: try PayloadBlock(json: #"["text"]"#))
        let copy = try checkedCopy(of: bytes)
        for index in bytes.indices { bytes[index] = 0xFF }
        #expect(copy.json == #"["text"]"#)
    }

    @Test("a million references to one text end at the second")
    func sharedText() throws {
        var raw = RawBlock()
        let count = 1 << 19
        let text = raw.text(String(repeating: "x", count: 1 << 20))
        let nodes = [RawBlock.Node](repeating: (HG_STRING, 1 << 20, text), count: count)
        raw.node(HG_ARRAY, UInt32(count), raw.nodes(nodes))
        let secondLast = 16 + (1 << 20) + 16 * (count - 2)
        let expected = "node at byte \(secondLast): string at bytes 16 to 1048592 overlaps another text or node"
        #expect(refusal(of: raw.finished)?.description == expected)
    }

    @Test("the address of nothing is refused")
    func nothing() {
        let empty = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(throws: BlockError("0 bytes are too few for a block, which has at least 32")) {
            try unsafe PayloadBlock(validating: empty)
        }
        #expect(throws: BlockError("0 bytes are too few for a block, which has at least 32")) {
            try unsafe BlockValidator.validate(empty)
        }
    }

    @Test(
        "finding a repeated key compares each key with few others",
        arguments: [
            2, 3, 16, 17, 18, 100, 1000, 50_000,
        ],
        ["key number ", "", "the same start of all keys, longer than a word "]
    )
    func keyComparisons(count: Int, prefix: String) throws {
        // Numbers of the same length, so that short keys differ only in their last bytes.
        let entries = (0..<count).map { ("\(prefix)\(1_000_000 + $0)", JSONValue.null) }
        let block = try PayloadBlock(JSONObject(entries))
        let comparisons = unsafe block.withUnsafeBlock { pointer in
            let bytes = unsafe BlockBytes(base: UnsafeRawPointer(pointer), count: block.size)
            var keys = unsafe UniqueKeys(block: bytes, entries: Int(hg_root(pointer).node.pointee.bits), count: count)
            #expect(keys.firstDuplicate() == nil)
            return keys.comparisons
        }
        #expect(comparisons <= 8 * count)
    }
}
