import PluginPayloads
import Testing

@Suite("Reading blocks")
struct BlockValueTests {
    private static let value: JSONValue = [
        nil, true, .int(7), .double(1.5), .number("1.10"), "text", .bytes([1, 2]), [1, "a"], ["a": 1, "b": [2]],
    ]

    private func elements() throws -> [BlockValue] {
        let root = try PayloadBlock(Self.value).root
        return try (0..<root.count).map { try #require(root[$0]) }
    }

    @Test("a value answers as its own type and no other")
    func accessors() throws {
        let values = try elements()
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil, nil, nil])
        #expect(values.map(\.int64) == [nil, nil, 7, nil, nil, nil, nil, nil, nil])
        #expect(values.map(\.double) == [nil, nil, 7, 1.5, 1.1, nil, nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, nil, nil, "text", nil, nil, nil])
        #expect(values.map(\.numberText) == [nil, nil, nil, nil, "1.10", nil, nil, nil, nil])
        #expect(values.map(\.isArray) == [false, false, false, false, false, false, false, true, false])
        #expect(values.map(\.isObject) == [false, false, false, false, false, false, false, false, true])
        #expect(values.map(\.count) == [0, 0, 0, 0, 0, 0, 0, 2, 2])
        #expect(values.map(\.object) == [nil, nil, nil, nil, nil, nil, nil, nil, ["a": 1, "b": [2]]])
        let texts = values.map { unsafe Array($0.unsafeText) }
        #expect(texts == [[], [], [], [], Array("1.10".utf8), Array("text".utf8), [1, 2], [], []])
        #expect(values.map(\.value) == Self.value.array)
    }

    @Test("an array is read by index")
    func arrays() throws {
        let array = try elements()[7]
        #expect(array[0]?.int64 == 1)
        #expect(array[1]?.string == "a")
        #expect(array[2] == nil)
        #expect(array[-1] == nil)
        #expect(array["a"] == nil)
        #expect(array.key(at: 0) == "")
    }

    @Test("an object is read by key and by index")
    func objects() throws {
        let object = try elements()[8]
        #expect(object["a"]?.int64 == 1)
        #expect(object["b"]?[0]?.int64 == 2)
        #expect(object["c"] == nil)
        #expect(object[""] == nil)
        #expect([object.key(at: 0), object.key(at: 1), object.key(at: 2), object.key(at: -1)] == ["a", "b", "", ""])
        #expect(object[0]?.int64 == 1)
        #expect(object[1]?.isArray == true)
        #expect(object[2] == nil)
    }

    @Test("the empty key and keys that look alike are told apart")
    func exactKeys() throws {
        let root = try PayloadBlock(json: "{\"é\":1,\"\":2,\"e\u{301}\":3,\"e\":4}").root
        #expect(root["é"]?.int64 == 1)
        #expect(root[""]?.int64 == 2)
        #expect(root["e\u{301}"]?.int64 == 3)
        #expect(root["e"]?.int64 == 4)
        #expect(root.object?["e\u{301}"] == 3)
    }

    @Test("an object of many keys is read and decoded")
    func manyKeys() throws {
        let entries = (0..<300).map { ("key\($0)", JSONValue.int($0)) }
        let root = try PayloadBlock(JSONObject(entries)).root
        for (key, value) in entries { #expect(root[key]?.value == value) }
        #expect(root["key300"] == nil)
        #expect(root.object == JSONObject(entries))
        #expect(root.object?["key299"] == 299)
    }

    @Test("values outlive the block they came from")
    func lifetime() throws {
        func part() throws -> BlockValue { try #require(try PayloadBlock(json: #"{"a":["text"]}"#).root["a"]?[0]) }
        #expect(try part().string == "text")
        #expect(try part().json == #""text""#)
    }

    @Test(
        "equal are values of the same types, texts and parts in the same order",
        arguments: [
            (#"{"a":1,"b":[true,null,"x",1.50]}"#, #" { "a" : 1 , "b" : [ true , null , "\u0078" , 1.50 ] } "#, true),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, false),
            ("1", "1.0", false), ("1.0", "1.00", false), ("0", "false", false), ("null", "false", false),
            (#""a""#, #""b""#, false), (#""é""#, "\"e\u{301}\"", false), ("[]", "{}", false), ("[1]", "[1,1]", false),
            (#"{"a":1}"#, #"{"b":1}"#, false), ("[[[1]]]", "[[[1]]]", true), ("[[[1]]]", "[[[2]]]", false),
        ]
    )
    func equality(_ left: String, _ right: String, _ equal: Bool) throws {
        let (left, right) = (try PayloadBlock(json: left), try PayloadBlock(json: right))
        #expect((left == right) == equal)
        #expect((left.root == right.root) == equal)
        #expect((left.value == right.value) == equal)
    }

    @Test("the empty object is one")
    func emptyObject() {
        #expect(PayloadBlock.emptyObject.json == "{}")
        #expect(PayloadBlock.emptyObject.size == 32)
        #expect("\(PayloadBlock.emptyObject) \(PayloadBlock.emptyObject.root)" == "{} {}")
    }

    @Test("a root that has to be an object")
    func requireObject() throws {
        #expect(try PayloadBlock(json: "{}").requireObject() == .emptyObject)
        for (text, type) in [("[]", "an array"), ("1", "a number"), ("null", "null"), (#""a""#, "a string")] {
            let error = BlockError("expected an object, found \(type)")
            #expect(throws: error) { try PayloadBlock(json: text).requireObject() }
        }
    }
}
