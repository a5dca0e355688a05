import PluginPayloads
import Testing

@Suite("JSON text to block")
struct JSONParserTests {
    @Test("a valid text is read and printed", arguments: ValidText.all)
    func validText(_ example: ValidText) throws {
        let block = try PayloadBlock(json: example.text)
        #expect(block.value == example.value)
        #expect(block.json == example.printed)
        #expect(block.jsonBytes == Array(example.printed.utf8))
        #expect(try JSONValue(json: example.text) == example.value)
    }

    @Test("a value prints as its block does", arguments: ValidText.all)
    func valuePrints(_ example: ValidText) throws {
        #expect(example.value.description == example.printed)
        #expect(try PayloadBlock(example.value).json == example.printed)
    }

    @Test("bytes are read as text is", arguments: ValidText.all)
    func bytes(_ example: ValidText) throws {
        #expect(try PayloadBlock(json: Array(example.text.utf8)).value == example.value)
        var text = Array(example.text.utf8) + [UInt8(ascii: "x")]
        text.removeLast()
        let block = try unsafe text.withUnsafeBufferPointer { bytes in try unsafe PayloadBlock(json: bytes) }
        #expect(block.value == example.value)
    }

    @Test("an invalid text is refused with what is wrong and where", arguments: InvalidText.all)
    func invalidText(_ example: InvalidText) throws {
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: example.bytes) }
        #expect(error?.description == example.error)
    }

    @Test("the tables are as long as they have to be")
    func tablesAreLong() {
        #expect(ValidText.all.count >= 120)
        #expect(InvalidText.all.count >= 120)
    }

    @Test("every prefix of a text is refused")
    func prefixes() throws {
        let text = Array(#"{"a":[1,-2.50e+3,true,null,"x\n\u00e9\ud83d\ude00é"],"b":{"c":""}}"#.utf8)
        _ = try PayloadBlock(json: text)
        for count in text.indices {
            #expect(throws: JSONError.self) { try PayloadBlock(json: Array(text.prefix(count))) }
        }
    }

    @Test("an error has its parts")
    func errorParts() {
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: "[\n  \"é\", \"é\" 1]") }
        let expected = JSONError(
            message: "expected a comma or ']' after an element, found '1'",
            offset: 15,
            line: 2,
            column: 12
        )
        #expect(error == expected)
    }

    @Test("a long duplicate key is cut in the message")
    func longDuplicate() {
        let key = String(repeating: "k", count: 1000)
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: #"{"\#(key)":1,"\#(key)":2}"#) }
        #expect(error?.message == "duplicate key \"\(String(repeating: "k", count: 100))…\"")
    }

    @Test("a duplicate among many keys is found", arguments: [2, 15, 16, 17, 18, 100, 1000])
    func duplicateAmongMany(count: Int) throws {
        let entries = (1..<count).map { "\"key\($0)\":\($0)" }
        let unique = try PayloadBlock(json: "{" + entries.joined(separator: ",") + "}")
        #expect(unique.root.count == count - 1)
        for repeated in Set([1, count / 2, count - 1]) where repeated > 0 {
            let last = "\"key\(repeated)\":0}"
            let text = "{" + entries.joined(separator: ",") + "," + last
            let error = #expect(throws: JSONError.self) { try PayloadBlock(json: text) }
            #expect(error?.message == "duplicate key \"key\(repeated)\"")
            #expect(error?.offset == text.utf8.count - last.utf8.count)
        }
    }

    @Test("the block is byte for byte the one that a builder makes", arguments: ValidText.all)
    func layout(_ example: ValidText) throws {
        let parsed = try PayloadBlock(json: example.text)
        let built = try PayloadBlock(example.value)
        #expect(memory(of: parsed) == memory(of: built))
    }
}
