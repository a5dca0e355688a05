import CHookgate
import PluginPayloads
import Testing

@Suite("Writing blocks")
struct BlockWriterTests {
    /// Steps that do not make a block, and the error.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: String
        let steps: @Sendable (inout BlockWriter) -> Void

        init(_ name: String, _ error: String, _ steps: @escaping @Sendable (inout BlockWriter) -> Void) {
            testDescription = name
            self.error = error
            self.steps = steps
        }
    }

    private static let order = "keys and values do not alternate, or a container is not closed"
    private static let argument = "the value holds an infinite number, or none where one is needed"
    private static let limit = "the value nests deeper than 128 containers, or is larger than 4 GiB"

    static let mistakes = [
        Mistake("nothing", order) { _ in },
        Mistake("two roots", order) {
            $0.addNull()
            $0.addNull()
        },
        Mistake("two containers as roots", order) {
            $0.beginArray()
            $0.end()
            $0.beginArray()
            $0.end()
        },
        Mistake("an open array", order) { $0.beginArray() },
        Mistake("an open object", order) { $0.beginObject() },
        Mistake("an end too many", order) {
            $0.beginArray()
            $0.end()
            $0.end()
        },
        Mistake("an end at first", order) { $0.end() },
        Mistake("a value without a key", order) {
            $0.beginObject()
            $0.add(true)
            $0.end()
        },
        Mistake("a container without a key", order) {
            $0.beginObject()
            $0.beginArray()
            $0.end()
            $0.end()
        },
        Mistake("a key without a value", order) {
            $0.beginObject()
            $0.key("a")
            $0.end()
        },
        Mistake("two keys in a row", order) {
            $0.beginObject()
            $0.key("a")
            $0.key("b")
            $0.addNull()
            $0.end()
        },
        Mistake("a key at first", order) { $0.key("a") },
        Mistake("a key in an array", order) {
            $0.beginArray()
            $0.key("a")
            $0.end()
        },
        Mistake("infinity", argument) { $0.add(Double.infinity) },
        Mistake("no number", argument) {
            $0.beginArray()
            $0.add(Double.nan)
            $0.end()
        },
        Mistake("129 arrays", limit) {
            for _ in 0..<129 { $0.beginArray() }
            for _ in 0..<129 { $0.end() }
        },
        Mistake("a key twice", #"the key "a" occurs twice in one object"#) {
            $0.beginObject()
            for key in ["a", "b", "a"] {
                $0.key(key)
                $0.addNull()
            }
            $0.end()
        },
        Mistake("a long key twice among many", #"the key "key number 7" occurs twice in one object"#) {
            $0.beginObject()
            for index in 0..<20 {
                $0.key("key number \(index)")
                $0.addNull()
            }
            $0.key("key number 7")
            $0.addNull()
            $0.end()
        },
        Mistake("a key of two lines twice", #"the key "a\nb" occurs twice in one object"#) {
            $0.beginObject()
            for key in ["a\nb", "a\nb"] {
                $0.key(key)
                $0.addNull()
            }
            $0.end()
        },
        Mistake(
            "a long key twice",
            "the key \"\(String(repeating: "k", count: 100))…\" occurs twice in one object"
        ) {
            $0.beginObject()
            for _ in 0..<2 {
                $0.key(String(repeating: "k", count: 101))
                $0.addNull()
            }
            $0.end()
        },
        Mistake("a number that is none", #""1." is not the text of a JSON number"#) { $0.addNumber("1.") },
        Mistake("an empty number", #""" is not the text of a JSON number"#) { $0.addNumber("") },
        Mistake("the first of two mistakes", #""x" is not the text of a JSON number"#) {
            $0.beginArray()
            $0.addNumber("x")
            $0.add(Double.nan)
            $0.end()
            $0.end()
        },
    ]

    @Test("a mistake is reported at the end", arguments: mistakes)
    func mistake(_ mistake: Mistake) {
        var writer = BlockWriter()
        mistake.steps(&writer)
        do {
            let block = try writer.finish()
            Issue.record("made \(block)")
        } catch {
            #expect(error.description == mistake.error)
        }
    }

    @Test("all types, in order")
    func allTypes() throws {
        var writer = BlockWriter(capacity: 0)
        writer.beginObject()
        writer.key("null")
        writer.addNull()
        writer.key("bool")
        writer.add(true)
        writer.key("int")
        writer.add(Int64(-7))
        writer.key("double")
        writer.add(0.5)
        writer.key("number")
        writer.addNumber("1.10")
        writer.key("text")
        writer.add("a\"é")
        writer.key("empty")
        writer.add("")
        writer.key("bytes")
        writer.add(bytes: [0xFF])
        writer.key("array")
        writer.beginArray()
        writer.add(false)
        writer.beginArray()
        writer.end()
        writer.end()
        writer.key("object")
        writer.beginObject()
        writer.end()
        writer.key("")
        writer.add(JSONValue.object(["a": [1]]))
        writer.end()
        let block = try writer.finish()
        let text =
            #"{"null":null,"bool":true,"int":-7,"double":0.5,"number":1.10,"text":"a\"é","empty":"","#
            + #""bytes":"/w==","array":[false,[]],"object":{},"":{"a":[1]}}"#
        #expect(block.json == text)
        let value: JSONValue = [
            "null": nil, "bool": true, "int": -7, "double": 0.5, "number": .number("1.10"), "text": "a\"é", "empty": "",
            "bytes": .bytes([0xFF]), "array": [false, []], "object": [:], "": ["a": [1]],
        ]
        #expect(block.value == value)
    }

    @Test("a writer that has finished makes nothing more")
    func finishedTwice() throws {
        var writer = BlockWriter()
        writer.add("text")
        let block = try writer.finish()
        writer.add("more")
        #expect(throws: BlockError("the block is finished already")) { try finish(&writer) }
        #expect(throws: BlockError("the block is finished already")) { try finish(&writer) }
        #expect(block.json == #""text""#)
    }

    private func finish(_ writer: inout BlockWriter) throws(BlockError) -> PayloadBlock { try writer.finish() }

    @Test("128 containers nest", arguments: [false, true])
    func deepest(objects: Bool) throws {
        var writer = BlockWriter()
        for _ in 0..<127 {
            if objects {
                writer.beginObject()
                writer.key("a")
            } else {
                writer.beginArray()
            }
        }
        if objects { writer.beginObject() } else { writer.beginArray() }
        for _ in 0..<128 { writer.end() }
        let block = try writer.finish()
        #expect(block.json.utf8.count == (objects ? 127 * 6 + 2 : 256))
        #expect(try PayloadBlock(block.value) == block)
    }

    @Test("a value that nests too deep is refused at the limit, whatever is inside", arguments: [129, 2000])
    func tooDeep(depth: Int) {
        var value: JSONValue = []
        for _ in 1..<depth { value = [value] }
        #expect(throws: BlockError(Self.limit)) { try PayloadBlock(value) }
    }

    @Test("parts of a block are copied, and blocks made of parts")
    func parts() throws {
        let block = try PayloadBlock(json: #"{"a":[1,"x",{"b":null}],"c":1.50}"#)
        var writer = BlockWriter()
        writer.beginArray()
        writer.add(block.root)
        try writer.add(#require(block.root["a"]))
        try writer.add(#require(block.root["c"]))
        writer.end()
        #expect(try writer.finish().json == #"[{"a":[1,"x",{"b":null}],"c":1.50},[1,"x",{"b":null}],1.50]"#)
        #expect(block.root["a"]?.block.json == #"[1,"x",{"b":null}]"#)
        #expect(block.root["a"]?[1]?.block.json == #""x""#)
        #expect(block.root.block == block)
    }

    /// The slice of a literal, which lives as long as the program.
    private func slice(_ text: StaticString) -> hg_slice {
        unsafe hg_slice_of(text.utf8Start, text.utf8CodeUnitCount)
    }

    @Test("a builder in C makes the same block")
    func cBuilder() throws {
        var builder = unsafe hg_builder()
        unsafe hg_builder_init(&builder, hg_grow_by_realloc, nil, 0)
        unsafe hg_begin_object(&builder)
        unsafe hg_key(&builder, slice("recipient"))
        unsafe hg_add_string(&builder, slice("ada@example.com"))
        unsafe hg_key(&builder, slice("list"))
        unsafe hg_begin_array(&builder)
        for number in 0..<100 { unsafe hg_add_int64(&builder, Int64(number)) }
        unsafe hg_end(&builder)
        unsafe hg_end(&builder)
        let finished = try unsafe #require(hg_finish(&builder))
        let size = unsafe Int(finished.pointee.size)
        let block = try unsafe PayloadBlock(validating: UnsafeRawBufferPointer(start: finished, count: size))
        unsafe hg_builder_release(&builder)
        let value: JSONValue = ["recipient": "ada@example.com", "list": .array((0..<100).map { .int($0) })]
        #expect(block.value == value)
        #expect(try memory(of: PayloadBlock(value)) == memory(of: block))
    }
}
