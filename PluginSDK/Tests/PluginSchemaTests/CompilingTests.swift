import PluginPayloads
import PluginSchema
import Testing

@Suite("A schema that cannot be used")
struct CompilingTests {
    @Test(
        "is refused at the keyword",
        arguments: [
            ("1", "expected a schema (an object or a boolean), found a number"),
            (#"{"type": "text"}"#, #"/type: no type is called "text""#),
            (#"{"type": "integr"}"#, #"/type: no type is called "integr"; did you mean "integer"?"#),
            (#"{"type": 1}"#, "/type: expected a string or an array of strings, found a number"),
            (#"{"type": ["null", 1]}"#, "/type/1: expected a string, found a number"),
            (#"{"properties": {"a": 3}}"#, "/properties/a: expected a schema (an object or a boolean), found a number"),
            (#"{"properties": []}"#, "/properties: expected an object, found an array"),
            (#"{"required": "a"}"#, "/required: expected an array, found a string"),
            (#"{"required": [1]}"#, "/required/0: expected a string, found a number"),
            (#"{"minimum": "3"}"#, "/minimum: expected a number, found a string"),
            (#"{"exclusiveMinimum": true}"#, "/exclusiveMinimum: expected a number, found a boolean"),
            (#"{"maxLength": -1}"#, "/maxLength: expected an integer that is not negative, found -1"),
            (#"{"minItems": 1.5}"#, "/minItems: expected an integer that is not negative, found 1.5"),
            (#"{"multipleOf": 0}"#, "/multipleOf: expected a number above 0 of at most 18 digits"),
            (#"{"uniqueItems": 1}"#, "/uniqueItems: expected a boolean, found 1"),
            (#"{"anyOf": {}}"#, "/anyOf: expected an array, found an object"),
            (#"{"enum": 1}"#, "/enum: expected an array, found 1"),
            (
                #"{"items": {"pattern": "(a"}}"#,
                #"/items/pattern: invalid pattern "(a", at byte 2: missing closing parenthesis"#
            ),
            (
                #"{"dependentRequired": {"a/b": 1}}"#,
                "/dependentRequired/a~1b: expected an array, found a number"
            ),
            (##"{"$ref": "#/$defs/x"}"##, ##"/$ref: "#/$defs/x" leads nowhere"##),
            (##"{"$ref": "#%zz"}"##, ##"/$ref: "#%zz" leads nowhere"##),
            (
                ##"{"items": {"$ref": "https://example.com/x#/a"}}"##,
                ##"/items/$ref: "https://example.com/x#/a" is not within this schema; only references such as "#/$defs/name" are followed"##
            ),
            (
                #"{"unevaluatedProperties": false}"#,
                "/unevaluatedProperties: unevaluatedProperties is not supported; write the schema with additionalProperties, items and $ref"
            ),
            (##"{"$ref": "#"}"##, "the schema asks for itself, and so for no value"),
            (
                ##"{"items": {"$ref": "#/$defs/a"}, "$defs": {"a": {"anyOf": [{"not": {"$ref": "#/$defs/a"}}]}}}"##,
                "the schema asks for itself, and so for no value"
            ),
        ]
    )
    func isRefused(_ schema: String, _ problem: String) throws {
        let schema = try JSONValue(json: schema)
        let error = #expect(throws: SchemaError.self) { _ = try JSONSchema(schema) }
        let description = try #require(error?.description)
        // Which schema of a circle is found first does not matter.
        #expect(description == problem || description.hasSuffix(": " + problem))
    }
}

@Suite("What a schema costs is bounded")
struct LimitTests {
    @Test("a schema of too many schemas is refused")
    func schemas() throws {
        let schema = JSONValue.object(["allOf": .array(Array(repeating: true, count: 10))])
        #expect(throws: SchemaError.self) { _ = try JSONSchema(schema, limits: JSONSchema.Limits(schemas: 10)) }
        #expect(try JSONSchema(schema, limits: JSONSchema.Limits(schemas: 11)).validate(1) == [])
    }

    @Test("a chain of too many references is refused", arguments: [(300, true), (301, false), (9_000, false)])
    func chain(_ count: Int, _ isAllowed: Bool) throws {
        let definitions = (1..<count).map { index in
            ("\(index)", index + 1 == count ? false : ["$ref": .string("#/$defs/\(index + 1)")] as JSONValue)
        }
        let schema: JSONValue = ["$ref": "#/$defs/1", "$defs": .object(JSONObject(definitions))]
        if isAllowed {
            #expect(try JSONSchema(schema).validate(1).map(\.message) == ["is not allowed"])
        } else {
            #expect(throws: SchemaError.self) { _ = try JSONSchema(schema) }
        }
    }

    @Test("a schema that doubles its work with every step is given up")
    func doubling() throws {
        let definitions = (0..<40).map { index in
            let next: JSONValue = ["$ref": .string("#/$defs/\(index + 1)")]
            return ("\(index)", ["allOf": [next, next]] as JSONValue)
        }
        var object = JSONObject(definitions)
        object["40"] = true
        let schema = try JSONSchema(["$ref": "#/$defs/0", "$defs": .object(object)])
        #expect(schema.validate(1).map(\.message) == ["cannot be checked: it takes more than 10000000 steps"])
        let negated = try JSONSchema(
            ["not": ["$ref": "#/$defs/0"], "$defs": .object(object)],
            limits: JSONSchema.Limits(steps: 1000)
        )
        #expect(negated.validate(1).map(\.message) == ["cannot be checked: it takes more than 1000 steps"])
    }

    @Test("the deepest value that JSON allows is compared; a deeper one is not valid")
    func depth() throws {
        let schema = try JSONSchema(["$defs": ["node": ["items": ["$ref": "#"]]], "$ref": "#/$defs/node"])
        let deepest = try JSONValue(json: String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        #expect(schema.validate(deepest) == [])
        let deeper = (0..<200).reduce(JSONValue.null) { value, _ in .array([value]) }
        #expect(schema.validate(deeper).count == 1)
    }

    @Test("the list of problems ends")
    func problems() throws {
        let schema = try JSONSchema(["items": false], limits: JSONSchema.Limits(problems: 2))
        #expect(schema.validate([1, 2, 3]).map(\.pointer) == ["/0", "/1"])
    }

    @Test("a pattern that takes too long makes a value that is not valid, in whatever it stands")
    func patterns() throws {
        let slow: JSONValue = ["pattern": "^(a|a)*$"]
        let text = JSONValue.string(String(repeating: "a", count: 40) + "!")
        for schema in [slow, ["not": slow], ["anyOf": [slow, true]]] as [JSONValue] {
            let problems = try JSONSchema(schema).validate(text)
            #expect(problems.count == 1)
            #expect(problems.first?.message.hasPrefix("cannot be checked: the pattern") == true)
        }
    }

    @Test("many threads share one schema")
    func threads() async throws {
        let schema = try JSONSchema(["properties": ["n": ["maximum": 49, "type": "integer"]], "required": ["n"]])
        let invalid = await withTaskGroup(of: Int.self) { group in
            for index in 0..<100 {
                group.addTask { schema.validate(["n": .int(Int64(index))]).count }
            }
            return await group.reduce(0, +)
        }
        #expect(invalid == 50)
    }
}
