import PluginPayloads
import PluginSchema
import Testing

/// A schema, a value, and what is wrong with the value.
struct SchemaCase: CustomTestStringConvertible, Sendable {
    let schema: String
    let value: String
    let problems: [String]

    init(_ schema: String, _ value: String, _ problems: String...) {
        self.schema = schema
        self.value = value
        self.problems = problems
    }

    var testDescription: String { "\(value) by \(schema)" }
}

@Suite("A schema")
struct ValidationTests {
    @Test("compares types", arguments: typeCases)
    func types(_ example: SchemaCase) throws { try check(example) }

    @Test("compares numbers exactly", arguments: numberCases)
    func numbers(_ example: SchemaCase) throws { try check(example) }

    @Test("compares texts", arguments: textCases)
    func texts(_ example: SchemaCase) throws { try check(example) }

    @Test("compares objects", arguments: objectCases)
    func objects(_ example: SchemaCase) throws { try check(example) }

    @Test("compares arrays", arguments: arrayCases)
    func arrays(_ example: SchemaCase) throws { try check(example) }

    @Test("combines schemas", arguments: combinationCases)
    func combinations(_ example: SchemaCase) throws { try check(example) }

    @Test("follows references", arguments: referenceCases)
    func references(_ example: SchemaCase) throws { try check(example) }

    @Test("takes bytes as the text that JSON shows")
    func bytes() throws {
        let schema = try JSONSchema(["type": "string", "maxLength": 4, "pattern": "^AQI=$"])
        #expect(schema.validate(.bytes([1, 2])) == [])
        let block = try PayloadBlock(["data": .bytes([1, 2, 3, 4])] as JSONObject)
        #expect(
            try #require(block.root["data"]).problems(by: schema) == [
                "must have at most 4 characters", "must match the pattern ^AQI=$",
            ]
        )
    }

    /// Compares both forms of the value.
    private func check(_ example: SchemaCase) throws {
        let schema = try JSONSchema(JSONValue(json: example.schema))
        let block = try PayloadBlock(json: example.value)
        #expect(schema.validate(block.value).map(\.description) == example.problems)
        #expect(schema.validate(block.root).map(\.description) == example.problems)
    }
}

extension BlockValue {
    func problems(by schema: JSONSchema) -> [String] { schema.validate(self).map(\.description) }
}

extension ValidationTests {
    static let typeCases = [
        SchemaCase("true", "1"),
        SchemaCase("false", "1", "is not allowed"),
        SchemaCase("{}", "null"),
        SchemaCase(#"{"type": "integer"}"#, "1.0"),
        SchemaCase(#"{"type": "integer"}"#, "1e2"),
        SchemaCase(#"{"type": "integer"}"#, "12345678901234567890123"),
        SchemaCase(#"{"type": "integer"}"#, "1.5", "expected an integer, found a number with a fraction"),
        SchemaCase(#"{"type": "integer"}"#, #""1""#, "expected an integer, found a string"),
        SchemaCase(#"{"type": "number"}"#, "1"),
        SchemaCase(#"{"type": "number"}"#, "true", "expected a number, found a boolean"),
        SchemaCase(#"{"type": ["string", "null"]}"#, "null"),
        SchemaCase(#"{"type": ["null", "string"]}"#, "[]", "expected a string or null, found an array"),
        SchemaCase(#"{"type": "object", "minProperties": 1}"#, "[]", "expected an object, found an array"),
        SchemaCase(#"{"enum": ["a", 3, {"x": [1, 2]}]}"#, "3.0"),
        SchemaCase(#"{"enum": [{"x": 1, "y": 2}]}"#, #"{"y": 2, "x": 1.0}"#),
        SchemaCase(#"{"enum": ["a", "b", 3]}"#, #""c""#, #"must be "a", "b" or 3"#),
        SchemaCase(#"{"enum": ["\u00e9"]}"#, #""e\u0301""#, "must be \"\u{E9}\""),
        SchemaCase(#"{"enum": [0]}"#, "false", "must be 0"),
        SchemaCase(#"{"const": null}"#, "null"),
        SchemaCase(#"{"const": [1, [2]]}"#, "[1, [3]]", "must be [1,[2]]"),
        SchemaCase(
            #"{"properties": {"a/b~": {"items": {"type": "null"}}}}"#,
            #"{"a/b~": [1]}"#,
            "/a~1b~0/0: expected null, found a number"
        ),
        SchemaCase(#"{"format": "email", "unheard": 1, "title": "t", "default": 1, "examples": []}"#, #""x""#),
    ]

    static let numberCases = [
        SchemaCase(#"{"minimum": 3}"#, "3.0"),
        SchemaCase(#"{"minimum": 3}"#, "2.999999999999999999999", "must be at least 3"),
        SchemaCase(#"{"minimum": -2}"#, "-2.1", "must be at least -2"),
        SchemaCase(#"{"maximum": 9007199254740993}"#, "9007199254740993"),
        SchemaCase(#"{"maximum": 9007199254740992}"#, "9007199254740993", "must be at most 9007199254740992"),
        SchemaCase(#"{"maximum": 0}"#, "-0.0"),
        SchemaCase(#"{"maximum": 1e400}"#, "1e401", "must be at most 1e400"),
        SchemaCase(#"{"maximum": 1e400}"#, "9.9e399"),
        SchemaCase(#"{"exclusiveMinimum": 0}"#, "0", "must be more than 0"),
        SchemaCase(#"{"exclusiveMinimum": 0}"#, "1e-999999999"),
        SchemaCase(#"{"exclusiveMaximum": 1.1}"#, "1.10", "must be less than 1.1"),
        SchemaCase(#"{"multipleOf": 0.01}"#, "19.99"),
        SchemaCase(#"{"multipleOf": 0.01}"#, "19.999", "must be a multiple of 0.01"),
        SchemaCase(#"{"multipleOf": 7}"#, "1e999999999", "must be a multiple of 7"),
        SchemaCase(#"{"multipleOf": 8}"#, "1e999999999"),
        SchemaCase(#"{"multipleOf": 3}"#, "-123456789012345678901234567890"),
        SchemaCase(#"{"multipleOf": 100}"#, "1e2"),
        SchemaCase(#"{"multipleOf": 0.0001}"#, "0.00751", "must be a multiple of 0.0001"),
        SchemaCase(#"{"multipleOf": 3}"#, "0"),
        SchemaCase(#"{"minimum": 3, "multipleOf": 2}"#, #""text""#),
    ]

    static let textCases = [
        SchemaCase(#"{"minLength": 2}"#, #""a""#, "must have at least 2 characters"),
        SchemaCase(#"{"maxLength": 1}"#, #""\ud83d\ude00""#),
        SchemaCase(#"{"maxLength": 1}"#, #""e\u0301""#, "must have at most 1 character"),
        SchemaCase(#"{"maxLength": 2.0}"#, #""abc""#, "must have at most 2 characters"),
        SchemaCase(#"{"maxLength": 1}"#, "100"),
        SchemaCase(#"{"pattern": "^a*$"}"#, #""aaa""#),
        SchemaCase(#"{"pattern": "^a*$"}"#, #""aaa\n""#, "must match the pattern ^a*$"),
        SchemaCase(#"{"pattern": "^[a$]+$"}"#, #""a$""#),
        SchemaCase(#"{"pattern": "^\\$$"}"#, #""$""#),
        SchemaCase(#"{"pattern": "b"}"#, #""abc""#),
        SchemaCase(#"{"pattern": "^\\d$"}"#, #""\u0661""#, "must match the pattern ^\\d$"),
    ]

    static let objectCases = [
        SchemaCase(#"{"required": ["a", "b"]}"#, #"{"a": null}"#, #"property "b" is missing"#),
        SchemaCase(#"{"required": ["\u00e9"]}"#, #"{"e\u0301": 1}"#, "property \"\u{E9}\" is missing"),
        SchemaCase(#"{"required": ["a"]}"#, "[]"),
        SchemaCase(
            #"{"properties": {"limit": {}}, "additionalProperties": false}"#,
            #"{"limt": 1, "other": 2}"#,
            #"/limt: unknown property "limt"; did you mean "limit"?"#,
            #"/other: unknown property "other""#
        ),
        SchemaCase(
            #"{"properties": {"a": true}, "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": {"type": "null"}}"#,
            #"{"a": 1, "x-1": 1, "b": 1}"#,
            "/x-1: expected a string, found a number",
            "/b: expected null, found a number"
        ),
        SchemaCase(#"{"properties": {"a": false}}"#, #"{"a": 1}"#, "/a: is not allowed"),
        SchemaCase(
            #"{"propertyNames": {"maxLength": 2}}"#,
            #"{"abc": 1, "a": 1, "abcd": 2}"#,
            "/abc: the name of this property must have at most 2 characters",
            "/abcd: the name of this property must have at most 2 characters"
        ),
        SchemaCase(#"{"minProperties": 1}"#, "{}", "must have at least 1 property"),
        SchemaCase(#"{"maxProperties": 1}"#, #"{"a": 1, "b": 2}"#, "must have at most 1 property"),
        SchemaCase(#"{"dependentRequired": {"a": ["b"]}}"#, #"{"a": 1}"#, #"property "b" is missing, as "a" is given"#),
        SchemaCase(#"{"dependentRequired": {"a": ["b"]}}"#, #"{"c": 1}"#),
        SchemaCase(
            #"{"dependentSchemas": {"a": {"maxProperties": 1}}}"#,
            #"{"a": 1, "b": 2}"#,
            "must have at most 1 property"
        ),
        SchemaCase(
            #"{"dependencies": {"a": ["b"], "c": {"maxProperties": 1}}}"#,
            #"{"a": 1, "c": 2}"#,
            #"property "b" is missing, as "a" is given"#,
            "must have at most 1 property"
        ),
    ]

    static let arrayCases = [
        SchemaCase(#"{"items": {"type": "string"}}"#, #"["a", 1]"#, "/1: expected a string, found a number"),
        SchemaCase(#"{"items": {"type": "string"}}"#, #"{"0": 1}"#),
        SchemaCase(#"{"prefixItems": [{"type": "string"}], "items": false}"#, #"["a", 1]"#, "/1: is not allowed"),
        SchemaCase(#"{"prefixItems": [true, {"type": "null"}]}"#, "[1]"),
        SchemaCase(
            #"{"items": [{"type": "string"}], "additionalItems": {"type": "null"}}"#,
            "[1, null, 1]",
            "/0: expected a string, found a number",
            "/2: expected null, found a number"
        ),
        SchemaCase(#"{"minItems": 2}"#, "[1]", "must have at least 2 items"),
        SchemaCase(#"{"maxItems": 1}"#, "[1, 2]", "must have at most 1 item"),
        SchemaCase(#"{"uniqueItems": true}"#, "[1, 2, 1.0]", "must have no equal items: 0 and 2 are"),
        SchemaCase(
            #"{"uniqueItems": true}"#,
            #"[{"a": 1, "b": 2}, {"b": 2, "a": 1}]"#,
            "must have no equal items: 0 and 1 are"
        ),
        SchemaCase(#"{"uniqueItems": true}"#, #"[1, true, 0, false, "1", [1], null]"#),
        SchemaCase(#"{"uniqueItems": false}"#, "[1, 1]"),
        SchemaCase(
            #"{"contains": {"const": 1}}"#,
            "[2]",
            "must have at least 1 of the items that the schema's contains describes, has 0"
        ),
        SchemaCase(#"{"contains": {"const": 1}, "minContains": 0}"#, "[2]"),
        SchemaCase(
            #"{"contains": {"const": 1}, "maxContains": 1}"#,
            "[1, 1]",
            "must have at most 1 of the items that the schema's contains describes, has 2"
        ),
    ]

    static let combinationCases = [
        SchemaCase(
            #"{"allOf": [{"minimum": 3}, {"multipleOf": 2}]}"#,
            "1",
            "must be at least 3",
            "must be a multiple of 2"
        ),
        SchemaCase(
            #"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#,
            "1",
            "expected a string or null, found a number"
        ),
        SchemaCase(
            #"{"anyOf": [{"type": "object", "required": ["a"]}, {"type": "null"}]}"#,
            "{}",
            #"property "a" is missing"#
        ),
        SchemaCase(#"{"anyOf": [{"minimum": 3}, {"const": 1}]}"#, "2", "fits none of the 2 alternatives of the schema"),
        SchemaCase(#"{"oneOf": [{"minimum": 3}, {"multipleOf": 2}]}"#, "3"),
        SchemaCase(
            #"{"oneOf": [{"minimum": 3}, {"multipleOf": 2}]}"#,
            "4",
            "fits 2 alternatives of the schema, and has to fit only one"
        ),
        SchemaCase(#"{"not": {"type": "string"}}"#, #""a""#, "is not allowed: it is what the schema excludes"),
        SchemaCase(#"{"not": {"type": "string"}}"#, "1"),
        SchemaCase(
            #"{"if": {"minimum": 3}, "then": {"multipleOf": 2}, "else": false}"#,
            "5",
            "must be a multiple of 2"
        ),
        SchemaCase(#"{"if": {"minimum": 3}, "then": {"multipleOf": 2}, "else": false}"#, "1", "is not allowed"),
        SchemaCase(#"{"if": {"minimum": 3}, "then": {"multipleOf": 2}}"#, "1"),
        SchemaCase(#"{"then": false, "else": false}"#, "1"),
    ]

    static let referenceCases = [
        SchemaCase(##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "null"}}}"##, "1", "expected null, found a number"),
        SchemaCase(
            ##"{"$ref": "#/definitions/a", "minimum": 3, "definitions": {"a": {"multipleOf": 2}}}"##,
            "1",
            "must be at least 3",
            "must be a multiple of 2"
        ),
        SchemaCase(
            ##"{"properties": {"next": {"$ref": "#"}}, "additionalProperties": false}"##,
            #"{"next": {"next": {"nxt": 1}}}"#,
            #"/next/next/nxt: unknown property "nxt"; did you mean "next"?"#
        ),
        SchemaCase(
            ##"{"$ref": "#/$defs/a%25b~1c", "$defs": {"a%b/c": {"type": "null"}}}"##,
            "1",
            "expected null, found a number"
        ),
        SchemaCase(
            ##"{"$ref": "#here", "$defs": {"a": {"$anchor": "here", "type": "null"}}}"##,
            "1",
            "expected null, found a number"
        ),
        SchemaCase(
            ##"{"$id": "urn:x", "$ref": "urn:x#/$defs/a", "$defs": {"a": {"type": "null"}}}"##,
            "1",
            "expected null, found a number"
        ),
        SchemaCase(
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"$id": "urn:a", "$ref": "#/$defs/b", "$defs": {"b": {"type": "null"}}}, "b": true}}"##,
            "1",
            "expected null, found a number"
        ),
    ]
}
