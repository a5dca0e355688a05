import PluginPayloads
import Testing

@Suite("JSON values")
struct JSONValueTests {
    private static let one: [JSONValue] = [
        nil, true, .int(1), .double(1.5), .number("1.10"), "text", .bytes([1, 2]), [1, "a"], ["a": 1],
    ]

    @Test("a value answers as its own type and no other")
    func accessors() {
        #expect(Self.one.map(\.isNull) == [true, false, false, false, false, false, false, false, false])
        #expect(Self.one.map(\.bool) == [nil, true, nil, nil, nil, nil, nil, nil, nil])
        #expect(Self.one.map(\.int) == [nil, nil, 1, nil, nil, nil, nil, nil, nil])
        #expect(Self.one.map(\.double) == [nil, nil, 1, 1.5, 1.1, nil, nil, nil, nil])
        #expect(Self.one.map(\.string) == [nil, nil, nil, nil, nil, "text", nil, nil, nil])
        #expect(Self.one.map(\.bytes) == [nil, nil, nil, nil, nil, nil, [1, 2], nil, nil])
        #expect(Self.one.map(\.array) == [nil, nil, nil, nil, nil, nil, nil, [1, "a"], nil])
        #expect(Self.one.map(\.object) == [nil, nil, nil, nil, nil, nil, nil, nil, ["a": 1]])
    }

    @Test("a message names the type")
    func typeDescriptions() {
        let names = Self.one.map(\.typeDescription)
        let expected = [
            "null", "a boolean", "a number", "a number", "a number", "a string", "bytes", "an array", "an object",
        ]
        #expect(names == expected)
    }

    @Test("only the same is equal")
    func equality() {
        for (left, leftValue) in Self.one.enumerated() {
            for (right, rightValue) in Self.one.enumerated() {
                #expect((leftValue == rightValue) == (left == right))
            }
        }
        #expect(Set(Self.one + Self.one).count == Self.one.count)
    }

    @Test(
        "values that print differently are different",
        arguments: [
            (JSONValue.int(1), JSONValue.number("1.0")),
            (.double(0), .double(-0.0)),
            (.int(0), .double(0)),
            (.string("é"), .string("e\u{301}")),
            (.array(["a", "é"]), .array(["a", "e\u{301}"])),
            (.object(JSONObject([("é", 1)])), .object(JSONObject([("e\u{301}", 1)]))),
            (.number("1.0"), .number("1.00")),
        ]
    )
    func different(_ left: JSONValue, _ right: JSONValue) {
        #expect(left != right)
        #expect(Array(left.description.utf8) != Array(right.description.utf8))
    }

    @Test("a number whose text is none is no number", arguments: ["", "abc", "nan", "0x10", "1e", "01", " 1", "1_000"])
    func wrongNumber(_ text: String) {
        #expect(JSONValue.number(text).int == nil)
        #expect(JSONValue.number(text).double == nil)
    }

    @Test("subscripts reach in and change")
    func subscripts() {
        var value: JSONValue = ["a": ["b": [1, 2]]]
        #expect(value["a"]?["b"]?[1] == 2)
        #expect(value["a"]?["b"]?[2] == nil)
        #expect(value["a"]?["b"]?[-1] == nil)
        #expect(value["x"] == nil)
        #expect(value[0] == nil)
        value["c"] = "new"
        value["a"] = nil
        #expect(value == ["c": "new"])
        var scalar: JSONValue = 1
        scalar["a"] = 2
        #expect(scalar == ["a": 2])
    }

    @Test(
        "doubles print as the shortest text that reads back",
        arguments: [
            (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (-1.5, "-1.5"), (1e20, "1e+20"), (1e16, "1e+16"),
            (123_456.789, "123456.789"), (.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (1e-7, "1e-07"), (2.0 / 3.0, "0.6666666666666666"),
        ]
    )
    func doubles(_ number: Double, _ text: String) throws {
        #expect(JSONValue.double(number).description == text)
        let block = try PayloadBlock(.double(number))
        #expect(block.json == text)
        #expect(try PayloadBlock(json: text).root.double?.bitPattern == number.bitPattern)
    }

    @Test("an infinite number prints as null, and has no block", arguments: [Double.infinity, -.infinity, .nan])
    func infinite(_ number: Double) {
        #expect(JSONValue.double(number).description == "null")
        let error = #expect(throws: BlockError.self) { try PayloadBlock(.double(number)) }
        #expect(error?.description == "the value holds an infinite number, or none where one is needed")
    }

    @Test(
        "bytes print in base64",
        arguments: [
            ([], #""""#), ([0], #""AA==""#), ([0x66], #""Zg==""#), (Array("fo".utf8), #""Zm8=""#),
            (Array("foo".utf8), #""Zm9v""#), (Array("foob".utf8), #""Zm9vYg==""#),
            (Array("fooba".utf8), #""Zm9vYmE=""#),
            (Array("foobar".utf8), #""Zm9vYmFy""#), ([0xFB, 0xFF, 0xBF], #""+/+/""#), ([0xFF, 0xFE], #""//4=""#),
        ]
    )
    func bytes(_ bytes: [UInt8], _ text: String) throws {
        #expect(JSONValue.bytes(bytes).description == text)
        #expect(try PayloadBlock(.bytes(bytes)).json == text)
    }

    @Test(
        "integers print in full",
        arguments: [
            0, 1, -1, 9, 10, 11, 99, 100, 101, 999, 1000, -1000, 12_345_678_901, 999_999_999_999_999_999,
            1_000_000_000_000_000_000, .max, .min,
        ]
    )
    func integers(_ number: Int64) {
        #expect(JSONValue.int(number).description == "\(number)")
    }
}
