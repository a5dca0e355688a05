import PluginPayloads
import Testing

/// Decodes a type, and answers the value or the problem in words.
func outcome<Value: Decodable>(of json: JSONValue, as type: Value.Type) throws -> String {
    let block = try PayloadBlock(json)
    do {
        return String(describing: try block.decode(type))
    } catch {
        return CodingProblem(error).description
    }
}

@Suite("Decoding blocks")
struct BlockDecodingTests {
    struct Everything: Codable, Equatable {
        struct Nested: Codable, Equatable {
            var words: [String]
            var byCount: [Int: String]
        }

        enum Mode: String, Codable {
            case fast
            case slow
        }

        enum Action: Codable, Equatable {
            case stop
            case replace(with: String, times: Int)
        }

        var text: String
        var truth: Bool
        var int: Int
        var byte: UInt8
        var big: UInt64
        var double: Double
        var float: Float
        var absent: String?
        var null: Int?
        var present: Double?
        var mode: Mode
        var actions: [Action]
        var nested: Nested
        var matrix: [[Int]]
        var optionals: [Int?]
        var byName: [String: Nested]
        var raw: JSONValue
        var object: JSONObject
        var bytes: [UInt8]
    }

    static let everythingJSON: JSONObject = [
        "text": "häuser", "truth": true, "int": -5, "byte": 255, "big": .number("18446744073709551615"),
        "double": .number("1.10"), "float": .number("1.1"), "null": nil, "present": 2, "mode": "slow",
        "actions": [["stop": [:]], ["replace": ["with": "x", "times": 2]]],
        "nested": ["words": ["a", "b"], "byCount": ["1": "one"]], "matrix": [[1, 2], []], "optionals": [1, nil],
        "byName": ["n": ["words": [], "byCount": [:]]], "raw": [1, .number("1.10"), nil],
        "object": ["z": 1, "a": 2], "bytes": [1, 2], "unknown": 1,
    ]

    static let everything = Everything(
        text: "häuser",
        truth: true,
        int: -5,
        byte: 255,
        big: .max,
        double: 1.1,
        float: 1.1,
        absent: nil,
        null: nil,
        present: 2,
        mode: .slow,
        actions: [.stop, .replace(with: "x", times: 2)],
        nested: .init(words: ["a", "b"], byCount: [1: "one"]),
        matrix: [[1, 2], []],
        optionals: [1, nil],
        byName: ["n": .init(words: [], byCount: [:])],
        raw: [1, .number("1.10"), nil],
        object: ["z": 1, "a": 2],
        bytes: [1, 2]
    )

    @Test("a struct with everything is decoded")
    func structIsDecoded() throws {
        #expect(try PayloadBlock(Self.everythingJSON).decode(Everything.self) == Self.everything)
    }

    @Test(
        "whole numbers have to fit their type",
        arguments: [
            (127, "127"), (-128, "-128"), (.double(5), "5"), (.number("1e2"), "100"), (.number("1.0"), "1"),
            (128, "expected a whole number from -128 to 127, found 128"),
            (-129, "expected a whole number from -128 to 127, found -129"),
            (1.5, "expected a whole number, found 1.5"), (.number("1.10"), "expected a whole number, found 1.10"),
            (.number("12345678901234567890"), "expected a whole number from -128 to 127, found 12345678901234567890"),
            ("1", "expected a whole number, found a string"), (true, "expected a whole number, found a boolean"),
            (nil, "expected a whole number, found null"),
        ] as [(JSONValue, String)]
    )
    func wholeNumbersHaveToFit(_ json: JSONValue, _ expected: String) throws {
        #expect(try outcome(of: json, as: Int8.self) == expected)
    }

    @Test("every integer type has its range")
    func integerTypesHaveRanges() throws {
        func check<Number: FixedWidthInteger & Codable>(_ type: Number.Type) throws {
            for limit in [Number.min, Number.max] {
                #expect(try PayloadBlock(encoding: limit).decode(type) == limit)
                #expect(try PayloadBlock(encoding: ["k": limit]).decode([String: Number].self) == ["k": limit])
                #expect(try PayloadBlock(encoding: [limit]).decode([Number].self) == [limit])
            }
            let beyond = JSONValue.number("999999999999999999999999999999999999999999")
            let text = "expected a whole number from \(Number.min) to \(Number.max), found 99999999999999999999999"
            #expect(try outcome(of: beyond, as: type).hasPrefix(text))
        }
        try check(Int.self)
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(Int128.self)
        try check(UInt.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt128.self)
        #expect(
            try outcome(of: -1, as: UInt64.self)
                == "expected a whole number from 0 to 18446744073709551615, found -1"
        )
    }

    @Test(
        "floating point numbers have to be in range",
        arguments: [
            (1, "1.0"), (.number("0.1"), "0.1"), (1.5, "1.5"), (.number("1e39"), "the number 1e+39 is too large"),
            (.number("1e999"), "the number 1e999 is too large"), ("1", "expected a number, found a string"),
            (nil, "expected a number, found null"),
        ] as [(JSONValue, String)]
    )
    func floatsHaveToBeInRange(_ json: JSONValue, _ expected: String) throws {
        #expect(try outcome(of: json, as: Float.self) == expected)
    }

    @Test("many keys are found in any order")
    func manyKeysAreFound() throws {
        let entries = (0..<1000).map { ("key\($0)", JSONValue.int($0)) }
        let expected = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("key\($0)", Int($0)) })
        #expect(try PayloadBlock(JSONObject(entries)).decode([String: Int].self) == expected)

        struct Ends: Codable, Equatable {
            var key999: Int
            var key0: Int
            var key500: Int
            var other: Int?
        }
        let ends = try PayloadBlock(JSONObject(entries)).decode(Ends.self)
        #expect(ends == Ends(key999: 999, key0: 0, key500: 500, other: nil))
    }

    @Test("a part of a block is decoded by itself")
    func partsAreDecoded() throws {
        let block = try PayloadBlock(["a": ["b", "c"]] as JSONObject)
        #expect(try block.root["a"]?.decode([String].self) == ["b", "c"])
    }

    private class Animal: Codable {
        let name: String

        init(name: String) { self.name = name }
    }

    private final class Dog: Animal {
        let tricks: [String]

        init(name: String, tricks: [String]) {
            self.tricks = tricks
            super.init(name: name)
        }

        private enum CodingKeys: CodingKey {
            case tricks
        }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            tricks = try container.decode([String].self, forKey: .tricks)
            try super.init(from: container.superDecoder())
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            // The superclass writes itself before this class has written its own fields.
            try super.encode(to: container.superEncoder())
            try container.encode(tricks, forKey: .tricks)
        }
    }

    @Test("a class decodes and encodes its superclass")
    func classesHaveSuperclasses() throws {
        let json: JSONValue = ["super": ["name": "Rex"], "tricks": ["sit"]]
        let dog = try PayloadBlock(json).decode(Dog.self)
        #expect(dog.name == "Rex" && dog.tricks == ["sit"])
        #expect(try PayloadBlock(encoding: dog).value == json)
        #expect(try outcome(of: ["tricks": []], as: Dog.self) == "super: missing")
    }

    /// Uses every kind of nested container.
    private struct Nested: Codable, Equatable {
        var numbers: [Int]
        var inner: String
        var rest: [String]

        private enum Keys: String, CodingKey {
            case list
            case object
            case inner
        }

        init(numbers: [Int], inner: String, rest: [String]) {
            self.numbers = numbers
            self.inner = inner
            self.rest = rest
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            var list = try container.nestedUnkeyedContainer(forKey: .list)
            var inner = try list.nestedUnkeyedContainer()
            numbers = []
            while !inner.isAtEnd { numbers.append(try inner.decode(Int.self)) }
            let object = try list.nestedContainer(keyedBy: Keys.self)
            self.inner = try object.decode(String.self, forKey: .inner)
            rest = try [String](from: list.superDecoder())
            guard try list.decodeNil(), list.isAtEnd, list.currentIndex == list.count else {
                throw DecodingError.dataCorruptedError(in: list, debugDescription: "expected null at the end")
            }
            _ = try container.nestedContainer(keyedBy: Keys.self, forKey: .object)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            var inner = list.nestedUnkeyedContainer()
            var object = list.nestedContainer(keyedBy: Keys.self)
            // The order in which containers are filled is not the order in which they were begun.
            try object.encode(self.inner, forKey: .inner)
            for number in numbers { try inner.encode(number) }
            try rest.encode(to: list.superEncoder())
            try list.encodeNil()
            _ = container.nestedContainer(keyedBy: Keys.self, forKey: .object)
        }
    }

    @Test("nested containers are decoded and encoded, in whatever order they are filled")
    func nestedContainers() throws {
        let json: JSONValue = ["list": [[1, 2], ["inner": "x"], ["r"], nil], "object": [:]]
        let nested = Nested(numbers: [1, 2], inner: "x", rest: ["r"])
        #expect(try PayloadBlock(json).decode(Nested.self) == nested)
        #expect(try PayloadBlock(encoding: nested).value == json)
    }

    @Test(
        "errors of nested containers name the place",
        arguments: [
            (["list": []], "list[0]: missing"), (["list": [1]], "list[0]: expected an array, found a number"),
            (["list": [["x"]]], "list[0][0]: expected a whole number, found a string"),
            (["list": [[], []]], "list[1]: expected an object, found an array"),
            (["list": [[], [:]]], "list[1].inner: missing"),
            (["list": [[], ["inner": "x"]]], "list[2]: missing"),
            (["list": [[], ["inner": "x"], []]], "list[3]: missing"),
            (["list": [[], ["inner": "x"], [], 1]], "list[3]: expected null at the end"),
            (["list": [[], ["inner": "x"], [], nil]], "object: missing"),
            (["list": [[], ["inner": "x"], [], nil], "object": []], "object: expected an object, found an array"),
        ] as [(JSONValue, String)]
    )
    func errorsOfNestedContainers(_ json: JSONValue, _ expected: String) throws {
        #expect(try outcome(of: json, as: Nested.self) == expected)
    }
}
