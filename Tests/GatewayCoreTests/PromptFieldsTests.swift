import GatewayCore
import PluginPayloads
import Testing

@Suite("The fields of a prompt")
struct PromptFieldsTests {
    private static let fields = """
        {"name": "greeting", "template": "Hello {{ user }}", "description": "A greeting",
         "arguments": [{"name": "user", "description": "Who", "required": true}, {"name": "tone"}]}
        """

    /// The prompt that a client makes.
    private static func made(_ json: String) async throws -> Prompt {
        try await library().library.create(form(json), nobody)
    }

    @Test("are flat, or nested, and keys of others are ignored")
    func bothForms() async throws {
        for json in [Self.fields, "{\"prompt\": \(Self.fields), \"visibility\": \"public\", \"team_id\": 7}"] {
            let prompt = try await Self.made(json)
            #expect(prompt.name == "greeting")
            #expect(prompt.template == "Hello {{ user }}")
            #expect(prompt.description == "A greeting")
            #expect(
                prompt.arguments == [
                    Prompt.Argument(name: "user", description: "Who", isRequired: true), Prompt.Argument(name: "tone"),
                ]
            )
        }
        let ignored = try await Self.made(#"{"name": "a", "template": "", "argument_schema": {}, "tags": 1}"#)
        let plain = try await Self.made(#"{"name": "a", "template": ""}"#)
        #expect(ignored.fields == plain.fields)
    }

    @Test("may be left out or null, but for the name and the template")
    func partial() async throws {
        let json = #"{"name": "a", "template": "", "description": null, "arguments": null, "prompt": null}"#
        let prompt = try await Self.made(json)
        #expect(prompt.description == nil)
        #expect(prompt.arguments == [])
        let argument = try await Self.made(
            #"{"name": "a", "template": "", "arguments": [{"name": "a", "required": null, "description": null}]}"#
        ).arguments
        #expect(argument == [Prompt.Argument(name: "a")])
    }

    @Test("says all that is wrong at once")
    func allProblems() async throws {
        let json = """
            {"name": 7, "template": ["x"], "description": false,
             "arguments": [1, {}, {"name": ""}, {"name": "a", "required": "yes"}, {"name": "b"}, {"name": "b"}]}
            """
        let text = """
            422 the prompt is not valid: name: expected a string, found a number; template: expected a string, found an \
            array; description: expected a string, found a boolean; arguments[0]: expected an object with a name, found a \
            number; arguments[1].name: expected a name; arguments[2].name: expected a name; arguments[3].required: expected \
            true or false, found a string; arguments[5]: "b" is declared twice
            """
        #expect(try await refusal { _ = try await Self.made(json) } == text)
        #expect(try await refusal { _ = try await Self.made("{\"prompt\": \(json)}") } == text)
    }

    @Test(
        "refuses a value of another type",
        arguments: [
            (
                #"{"name": "a", "template": "", "arguments": {}}"#,
                "422 the prompt is not valid: arguments: expected a list, found an object"
            ),
            (
                #"{"name": "a", "template": "", "arguments": [{"name": "a", "description": 7}]}"#,
                "422 the prompt is not valid: arguments[0].description: expected a string, found a number"
            ),
            (
                #"{"name": "a\u0000b", "template": "\u0000", "description": "\u0000"}"#,
                "422 the prompt is not valid: name: the character U+0000 is not allowed; template: the character U+0000 "
                    + "is not allowed; description: the character U+0000 is not allowed"
            ),
            ("[]", "422 a prompt is a JSON object, found an array"),
        ]
    )
    func otherTypes(json: String, text: String) async throws {
        #expect(try await refusal { _ = try await Self.made(json) } == text)
    }

    @Test(
        "takes a name that can stand in a path and in a log line",
        arguments: ["a", "déjà vu", "50% off", "a.b", "🙂", String(repeating: "é", count: 255)]
    )
    func goodNames(name: String) async throws {
        #expect(
            try await Self.made(JSONValue.object(["name": .string(name), "template": ""]).description).name == name
        )
    }

    @Test(
        "refuses other names",
        arguments: [
            ("", "name: expected 1 to 255 characters"),
            (String(repeating: "é", count: 256), "name: expected 1 to 255 characters"),
            ("a/b", "name: a slash or a control character is not allowed"),
            ("a\nb", "name: a slash or a control character is not allowed"),
            ("a\u{85}b", "name: a slash or a control character is not allowed"),
        ]
    )
    func badNames(name: String, problem: String) async throws {
        let json = JSONValue.object(["name": .string(name), "template": ""]).description
        #expect(try await refusal { _ = try await Self.made(json) } == "422 the prompt is not valid: \(problem)")
    }
}
