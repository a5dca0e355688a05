import PluginPayloads
import Testing

@Suite("Encoding blocks")
struct BlockEncodingTests {
    @Test("a struct with everything comes back, and what is nil is null")
    func structRoundTrips() throws {
        let block = try PayloadBlock(encoding: BlockDecodingTests.everything)
        #expect(try block.decode(BlockDecodingTests.Everything.self) == BlockDecodingTests.everything)
        var expected = BlockDecodingTests.everythingJSON
        expected["unknown"] = nil
        expected["double"] = 1.1
        expected["present"] = 2.0
        let order = block.root.object?.map(\.key) ?? []
        #expect(block.root["absent"]?.isNull == true)
        #expect(order.filter { $0 != "absent" } == expected.map(\.key))
        for (name, value) in expected { #expect(block.root[name]?.value == value) }
    }

    @Test("values become what JSON has for them")
    func valuesAreEncoded() throws {
        #expect(try PayloadBlock(encoding: "x").value == "x")
        #expect(try PayloadBlock(encoding: true).value == true)
        #expect(try PayloadBlock(encoding: 1.5).value == 1.5)
        #expect(try PayloadBlock(encoding: Float(1.1)).value == .number("1.1"))
        #expect(try PayloadBlock(encoding: Int128(5)).value == 5)
        #expect(try PayloadBlock(encoding: UInt64.max).value == .number("18446744073709551615"))
        #expect(try PayloadBlock(encoding: Int?.none).value == nil)
        #expect(try PayloadBlock(encoding: [Int?.none, 1]).value == [nil, 1])
        #expect(try PayloadBlock(encoding: [2: "b"]).value == ["2": "b"])
        #expect(try PayloadBlock(encoding: [Bool]()).value == [])
        #expect(try PayloadBlock(encoding: [1.5: "x"]).value == [1.5, "x"])
        #expect(try PayloadBlock(encoding: [1.5, 2]).value == [1.5, 2.0])
        #expect(try PayloadBlock(encoding: [Float(0.5)]).value == [.number("0.5")])
        #expect(try PayloadBlock(encoding: JSONValue.bytes([1])).value == .bytes([1]))
        #expect(try PayloadBlock(encoding: ["k": ["a": nil] as JSONObject]).value == ["k": ["a": nil]])
    }

    private struct Optionals: Encodable {
        var bool: Bool?
        var string: String?
        var double: Double?
        var float: Float?
        var int: Int?
        var int8: Int8?
        var int16: Int16?
        var int32: Int32?
        var int64: Int64?
        var int128: Int128?
        var uint: UInt?
        var uint8: UInt8?
        var uint16: UInt16?
        var uint32: UInt32?
        var uint64: UInt64?
        var uint128: UInt128?
        var list: [Int]?
    }

    @Test("an optional of every type is its value, or null")
    func optionalsAreEncoded() throws {
        let names = [
            "bool", "string", "double", "float", "int", "int8", "int16", "int32", "int64", "int128", "uint", "uint8",
            "uint16", "uint32", "uint64", "uint128", "list",
        ]
        let none = JSONObject(names.map { ($0, JSONValue.null) })
        #expect(try PayloadBlock(encoding: Optionals()).value == .object(none))

        let full = Optionals(
            bool: true,
            string: "s",
            double: 1.5,
            float: 0.5,
            int: 1,
            int8: 2,
            int16: 3,
            int32: 4,
            int64: 5,
            int128: 6,
            uint: 7,
            uint8: 8,
            uint16: 9,
            uint32: 10,
            uint64: 11,
            uint128: 12,
            list: [13]
        )
        let values: [JSONValue] = [true, "s", 1.5, .number("0.5"), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, [13]]
        #expect(try PayloadBlock(encoding: full).value == .object(JSONObject(zip(names, values).map { ($0, $1) })))
    }

    private struct Repeated: Encodable {
        enum Keys: CodingKey {
            case key
            case list
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(1, forKey: .key)
            var again = encoder.container(keyedBy: Keys.self)
            try again.encode(2, forKey: .key)
            for text in ["a", "b"] {
                var list = again.nestedUnkeyedContainer(forKey: .list)
                try list.encode(text)
            }
        }
    }

    @Test("the last value of a repeated key counts, and a container that is asked for again goes on")
    func repeatedKeys() throws {
        #expect(try PayloadBlock(encoding: Repeated()).value == ["key": 2, "list": ["a", "b"]])
        let many = Dictionary(uniqueKeysWithValues: (0..<100).map { ("k\($0)", $0) })
        #expect(try PayloadBlock(encoding: many).decode([String: Int].self) == many)
    }

    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) {}
    }

    private struct Twice: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(1)
            try container.encode(2)
        }
    }

    private struct Holder<Value: Encodable>: Encodable {
        var values: [Value]
    }

    private func problem(_ value: some Encodable) -> String {
        do {
            return "no problem: \(try PayloadBlock(encoding: value).value)"
        } catch {
            return CodingProblem(error).description
        }
    }

    @Test("what cannot be encoded is named with its place")
    func problemsAreNamed() {
        #expect(problem(Double.nan) == "nan cannot be written in JSON")
        #expect(problem(Holder(values: [1, Double.infinity])) == "values[1]: inf cannot be written in JSON")
        #expect(problem(["k": -Float.infinity]) == "k: -inf cannot be written in JSON")
        #expect(problem(Nothing()) == "Nothing encodes nothing")
        #expect(problem(Holder(values: [Nothing()])) == "values[0]: Nothing encodes nothing")
        #expect(problem(Holder(values: [Twice()])) == "values[0]: Twice encodes itself twice")
    }

    private indirect enum Chain: Encodable {
        case end
        case link(Chain)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            if case .link(let next) = self { try container.encode(next) }
        }
    }

    @Test("a value that nests too deep is refused")
    func depthIsLimited() throws {
        let deepest = (1..<128).reduce(Chain.end) { chain, _ in .link(chain) }
        _ = try PayloadBlock(encoding: deepest)
        let error = #expect(throws: BlockError.self) { try PayloadBlock(encoding: Chain.link(deepest)) }
        #expect(error?.description.contains("deeper than 128") == true)
    }

    private struct Email: Codable {
        var recipient: String
        var subject: String
        var cc: String?
        var headers: [String: String] = [:]
    }

    @Test("of a changed value only what changed is encoded")
    func changesAreEncoded() throws {
        let original = Email(recipient: "ada", subject: "hi", cc: "bob", headers: ["a": "1"])
        #expect(try PayloadBlock(encoding: original, changedFrom: original).value == [:])
        var changed = original
        changed.recipient = "ada@example.com"
        changed.cc = nil
        #expect(
            try PayloadBlock(encoding: changed, changedFrom: original).value == [
                "recipient": "ada@example.com", "cc": nil,
            ]
        )
        #expect(try PayloadBlock(encoding: original, changedFrom: changed).value == ["recipient": "ada", "cc": "bob"])
        changed = original
        changed.headers["a"] = nil
        #expect(try PayloadBlock(encoding: changed, changedFrom: original).value == ["headers": [:]])
        #expect(
            try PayloadBlock(encoding: ["a": 1, "b": 2], changedFrom: ["b": 2, "c": 3]).value == ["a": 1, "c": nil]
        )
        let many = Dictionary(uniqueKeysWithValues: (0..<50).map { ("k\($0)", $0) })
        let one = many.merging(["k7": 70]) { $1 }
        #expect(try PayloadBlock(encoding: one, changedFrom: many).value == ["k7": 70])
    }

    @Test("what is no object has no changes")
    func changesNeedObjects() {
        let error = #expect(throws: BlockError.self) { try PayloadBlock(encoding: [1], changedFrom: [2]) }
        #expect(error?.description == "payload: expected an object, found an array")
    }
}
