import CHookgate
import PluginPayloads
import Testing

@Suite("Changed blocks", .timeLimit(.minutes(10)))
struct BlockMutationTests {
    /// Changes per case; there are ten cases.
    private static let count = isSoak ? 10_000 : 1000

    private static let texts = [
        "null", "[1]", #"{"a":1}"#, #"{"a":{"b":{"c":[[],{},""]}}}"#, #"["x","é","日本","😀"]"#, "[[[[[[[[1]]]]]]]]",
        #"{"name":"search","arguments":{"query":"swift","limit":10,"score":1.50,"tags":["a","b"],"deep":[{"x":null}]}}"#,
        #"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"n":14,"o":15,"p":16,"q":17}"#,
        "[0,-1,12345678901234567890,1e400,0.1,true,false,null]",
    ]

    private static func seeds() throws -> [[UInt8]] {
        var random = RandomValues(seed: 1, beyondJSON: true)
        let parsed = try texts.map { memory(of: try PayloadBlock(json: $0)) }
        let values = (0..<30).map { _ in random.value() }
        let written = try values.map { memory(of: try PayloadBlock($0)) }
        let shuffled = values.enumerated().map { ShuffledBlock.bytes(of: $1, seed: UInt64($0)) }
        return (parsed + written + shuffled).filter { $0.count < 4000 }
    }

    @Test("a changed block is refused, or can be read, printed, parsed and rebuilt", arguments: 0..<10)
    func changed(seed: UInt64) throws {
        var mutator = BlockMutator(seeds: try Self.seeds(), seed: seed)
        var accepted = 0
        for _ in 0..<Self.count {
            let bytes = mutator.next()
            let error = refusalInPlace(of: bytes)
            #expect(refusal(of: bytes) == (error?.description.contains("address") == true ? nil : error))
            guard error == nil else { continue }
            accepted += 1
            try check(checkedCopy(of: bytes))
        }
        // Both ways have to be taken often, or the test says nothing.
        #expect(accepted > Self.count / 10)
        #expect(accepted < Self.count * 9 / 10)
    }

    private func check(_ block: PayloadBlock) throws {
        let walked = unsafe block.withUnsafeBlock { unsafe walk(hg_root($0)) }
        let rebuilt = block.root.block
        #expect(rebuilt == block)
        #expect(refusalInPlace(of: memory(of: rebuilt)) == nil)
        #expect(unsafe rebuilt.withUnsafeBlock { unsafe walk(hg_root($0)) } == walked)
        #expect(try PayloadBlock(block.value) == block)
        let text = block.jsonBytes
        #expect(text == Array(block.value.description.utf8))
        let parsed = try PayloadBlock(json: text)
        #expect(parsed.jsonBytes == text)
        #expect(refusalInPlace(of: memory(of: parsed)) == nil)
    }

    /// Reads all there is with the accessors of C.
    ///
    /// - Returns: A number that depends on every byte.
    private func walk(_ value: hg_value) -> UInt64 {
        var sum = UInt64(unsafe hg_type(value))
        func add(_ slice: hg_slice) {
            let bytes = unsafe UnsafeBufferPointer(start: slice.data, count: slice.size)
            sum = unsafe bytes.reduce(sum) { $0 &* 31 &+ UInt64($1) }
        }
        var integer: Int64 = 0
        var double = 0.0
        var bool: Int32 = 0
        let answers = unsafe (hg_int64(value, &integer), hg_double(value, &double), hg_bool(value, &bool))
        sum = sum &* 31 &+ UInt64(answers.0 + 3 * answers.1 + 9 * answers.2)
        sum = sum &* 31 &+ UInt64(bitPattern: integer) &+ double.bitPattern &+ UInt64(bool)
        unsafe add(hg_text(value))
        for index in 0..<(unsafe hg_count(value)) {
            unsafe add(hg_key_at(value, index))
            let child = unsafe hg_at(value, index)
            if unsafe hg_type(value) == UInt8(HG_OBJECT) {
                let isFound = unsafe hg_get(value, hg_key_at(value, index)).node == child.node
                #expect(isFound)
            }
            sum = unsafe sum &* 31 &+ walk(child)
        }
        let hasMore = unsafe hg_at(value, hg_count(value)).node != nil
        #expect(!hasMore)
        return sum
    }
}
