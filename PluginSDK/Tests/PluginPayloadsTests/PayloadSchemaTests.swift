import PluginPayloads
import Testing

/// A type of which a schema is made, or cannot be made.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let schema: JSONValue?
    let expected: JSONValue?

    init<Value: Decodable>(_ type: Value.Type, _ expected: JSONValue?) {
        testDescription = String(describing: type)
        schema = PayloadSchema.schema(of: type)
        self.expected = expected
    }

    struct Email: Decodable {
        var recipient: String
        var subject: String
        var body: String
    }

    struct Everything: Decodable {
        struct Nested: Decodable {
            var needed: Int
        }

        var flag: Bool
        var count: UInt16
        var ratio: Double
        var factor: Float
        var tags: [String]
        var nested: Nested
        var byName: [String: Nested]
        var byID: [Int: String]
        var raw: JSONValue
        var object: JSONObject
        var nickname: String?
        var limit: Int?
        var list: [Int]?
        var inner: Nested?
        var mode: Mode?
        var anything: JSONValue?
    }

    enum Mode: String, Decodable {
        case fast
    }

    struct NeedsMode: Decodable {
        var mode: Mode
    }

    enum Action: Decodable {
        case stop(reason: String)
    }

    struct Node: Decodable {
        var children: [Node]
        var next: [String: Node]?
    }

    struct Wrapper: Decodable {
        var email: Email

        init(from decoder: any Decoder) throws {
            email = try decoder.singleValueContainer().decode(Email.self)
        }
    }

    struct ByHand: Decodable {
        private enum Keys: CodingKey {
            case always
            case tested
            case maybeNull
            case nullable
            case object
            case list
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            _ = try container.decode(String.self, forKey: .always)
            if container.contains(.tested) { _ = try container.decode(Int.self, forKey: .tested) }
            if try !container.decodeNil(forKey: .maybeNull) { _ = try container.decode(Int.self, forKey: .maybeNull) }
            _ = try container.decode(Int?.self, forKey: .nullable)
            _ = try container.nestedContainer(keyedBy: Keys.self, forKey: .object)
            _ = try container.nestedUnkeyedContainer(forKey: .list)
        }
    }

    final class Endless: Decodable {
        let next: Endless?

        init(from decoder: any Decoder) throws {
            next = try decoder.container(keyedBy: Keys.self).decode(Endless.self, forKey: .next)
        }

        private enum Keys: CodingKey {
            case next
        }
    }

    struct Pair: Decodable {
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            _ = try container.decode(Int.self)
        }
    }

    struct HasPair: Decodable {
        var pair: Pair
    }

    static func object(_ properties: JSONObject, required: JSONValue) -> JSONValue {
        ["type": "object", "properties": .object(properties), "required": required]
    }

    static let all: [SchemaCase] = [
        SchemaCase(
            Email.self,
            object(
                ["recipient": ["type": "string"], "subject": ["type": "string"], "body": ["type": "string"]],
                required: ["recipient", "subject", "body"]
            )
        ),
        SchemaCase(
            Everything.self,
            object(
                [
                    "flag": ["type": "boolean"], "count": ["type": "integer"], "ratio": ["type": "number"],
                    "factor": ["type": "number"], "tags": ["type": "array"], "nested": ["type": "object"],
                    "byName": ["type": "object"], "byID": ["type": "object"], "raw": [:],
                    "object": ["type": "object"], "nickname": ["type": ["string", "null"]],
                    "limit": ["type": ["integer", "null"]], "list": ["type": ["array", "null"]],
                    "inner": ["type": ["object", "null"]], "mode": ["type": ["string", "null"]], "anything": [:],
                ],
                required: [
                    "flag", "count", "ratio", "factor", "tags", "nested", "byName", "byID", "raw", "object",
                ]
            )
        ),
        SchemaCase(
            Node.self,
            object(
                ["children": ["type": "array"], "next": ["type": ["object", "null"]]],
                required: ["children"]
            )
        ),
        SchemaCase(
            Wrapper.self,
            object(
                ["recipient": ["type": "string"], "subject": ["type": "string"], "body": ["type": "string"]],
                required: ["recipient", "subject", "body"]
            )
        ),
        SchemaCase(
            ByHand.self,
            object(
                [
                    "always": ["type": "string"], "tested": ["type": ["integer", "null"]],
                    "maybeNull": ["type": ["integer", "null"]], "nullable": ["type": ["integer", "null"]],
                    "object": ["type": "object"], "list": ["type": "array"],
                ],
                required: ["always", "nullable", "object", "list"]
            )
        ),
        SchemaCase(NeedsMode.self, nil), SchemaCase(Action.self, nil), SchemaCase(Endless.self, nil),
        SchemaCase(HasPair.self, nil), SchemaCase([String: Int].self, nil), SchemaCase([Int].self, nil),
        SchemaCase(String.self, nil), SchemaCase(JSONValue.self, nil), SchemaCase(JSONObject.self, nil),
    ]
}

@Suite("Schemas of payloads")
struct PayloadSchemaTests {
    @Test("a type that can be walked has a schema of its fields", arguments: SchemaCase.all)
    func schemasOfTypes(_ test: SchemaCase) {
        #expect(test.schema == test.expected)
    }

    @Test(
        "two schemas of one hook fit or conflict",
        arguments: [
            ("a!s b?i", "a!s b?i", nil), ("a!s b?i", "a!s", nil), ("a?s", "b?i", nil), ("", "a?s", nil),
            ("a!s", "a!i", "a: a string in the first schema, an integer in the second"),
            ("x?o a?n", "a!a", "a: a number in the first schema, an array in the second"),
            ("a!s", "a?s", nil), ("a!*", "a!s", nil),
            ("a?o", "a?b", "a: an object in the first schema, a boolean in the second"),
            ("a!s b!s", "a!s", "b: required by the first schema, absent in the second"),
            ("a!s", "a!s c!i", "c: required by the second schema, absent in the first"),
        ] as [(String, String, String?)]
    )
    func conflicts(_ first: String, _ second: String, _ expected: String?) {
        #expect(PayloadSchema.conflict(between: schema(first), and: schema(second)) == expected)
    }

    @Test("schemas written by hand may list types, or say nothing")
    func schemasByHand() {
        let either: JSONValue = ["properties": ["a": ["type": ["string", "integer", "null"]]]]
        #expect(PayloadSchema.conflict(between: either, and: schema("a?i")) == nil)
        #expect(
            PayloadSchema.conflict(between: either, and: schema("a?b"))
                == "a: an integer or a string in the first schema, a boolean in the second"
        )
        let null: JSONValue = ["properties": ["a": ["type": "null"]]]
        #expect(PayloadSchema.conflict(between: null, and: schema("a?s")) == nil)
        for silent in [[:], true, ["type": "object"], ["properties": 1], "x"] as [JSONValue] {
            #expect(PayloadSchema.conflict(between: silent, and: schema("a!s")) == nil)
            #expect(PayloadSchema.conflict(between: schema("a!s"), and: silent) == nil)
        }
    }

    /// Makes a schema of words such as `a!s`: a field's name, `!` if it is required, and its type's first letter.
    private func schema(_ text: String) -> JSONValue {
        let types = ["s": "string", "i": "integer", "n": "number", "b": "boolean", "a": "array", "o": "object"]
        var properties = JSONObject()
        var required: [JSONValue] = []
        for word in text.split(separator: " ") {
            let name = String(word.prefix(1))
            let isRequired = word.contains("!")
            let type = types[String(word.suffix(1))].map(JSONValue.string)
            properties[name] = type.map { ["type": isRequired ? $0 : [$0, "null"]] } ?? [:]
            if isRequired { required.append(.string(name)) }
        }
        return ["type": "object", "properties": .object(properties), "required": .array(required)]
    }
}
