import Foundation
import PluginPayloads
import Testing

/// Other formats than the block, here Foundation's JSON.
@Suite("JSON values in other formats")
struct JSONValueCodableTests {
    private func decode(_ json: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    }

    private func encode(_ value: JSONValue) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(
        "a value is decoded and encoded",
        arguments: [
            ("null", nil), ("true", true), ("-5", -5), ("18446744073709551615", .number("18446744073709551615")),
            ("1.5", 1.5), (#""text""#, "text"), (#"[1,[],"x",null]"#, [1, [], "x", nil]),
            (#"{"a":{"b":[true]}}"#, ["a": ["b": [true]]]), ("{}", [:]),
        ] as [(String, JSONValue)]
    )
    func valuesAreCoded(_ json: String, _ value: JSONValue) throws {
        #expect(try decode(json) == value)
        #expect(try encode(value) == json)
    }

    @Test("numbers that are kept as text, and bytes, become numbers")
    func textsBecomeNumbers() throws {
        #expect(try encode([.number("1.50"), .number("7"), .bytes([1, 2])]) == "[1.5,7,[1,2]]")
    }

    @Test("an object is decoded")
    func objectsAreDecoded() throws {
        let object = try JSONDecoder().decode(JSONObject.self, from: Data(#"{"a":1,"b":{"c":null}}"#.utf8))
        #expect(object["a"] == 1)
        #expect(object["b"] == ["c": nil])
        #expect(object.count == 2)
    }
}
