import GatewayCore
import PluginPayloads
import Testing

@Suite("The form of a prompt")
struct PromptFormTests {
    private static let fields = """
        {"name": "greeting", "template": "Hello {{ user }}", "description": "A greeting",
         "arguments": [{"name": "user", "description": "Who", "required": true}, {"name": "tone"}]}
        """

    private static var expected: PromptForm {
        get throws {
            var form = try form("{}")
            form.name = "greeting"
            form.template = "Hello {{ user }}"
            form.description = "A greeting"
            form.arguments = [
                Prompt.Argument(name: "user", description: "Who", isRequired: true), Prompt.Argument(name: "tone"),
            ]
            return form
        }
    }

    @Test("is flat, or nested, and keys of others are ignored")
    func bothForms() throws {
        #expect(try form(Self.fields) == Self.expected)
        #expect(try form("{\"prompt\": \(Self.fields), \"visibility\": \"public\", \"team_id\": 7}") == Self.expected)
        #expect(try form(#"{"name": "a", "argument_schema": {}, "tags": 1}"#) == form(#"{"name": "a"}"#))
    }

    @Test("may leave out everything; null is like absent, but for the description")
    func partial() throws {
        let empty = try form("{}")
        #expect(empty.name == nil)
        #expect(empty.template == nil)
        #expect(empty.description == nil)
        #expect(empty.arguments == nil)
        #expect(try form(#"{"name": null, "template": null, "arguments": null, "prompt": null}"#) == empty)
        #expect(try form(#"{"description": null}"#).description == .null)
        let argument = try form(#"{"arguments": [{"name": "a", "required": null, "description": null}]}"#).arguments
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
        #expect(try await refusal { _ = try form(json) } == text)
        #expect(try await refusal { _ = try form("{\"prompt\": \(json)}") } == text)
    }

    @Test(
        "refuses a value of another type",
        arguments: [
            (#"{"arguments": {}}"#, "422 the prompt is not valid: arguments: expected a list, found an object"),
            (
                #"{"arguments": [{"name": "a", "description": 7}]}"#,
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
        #expect(try await refusal { _ = try form(json) } == text)
    }

    @Test(
        "takes a name that can stand in a path and in a log line",
        arguments: ["a", "déjà vu", "50% off", "a.b", "🙂", String(repeating: "é", count: 255)]
    )
    func goodNames(name: String) throws {
        #expect(try form(JSONValue.object(["name": .string(name)]).description).name == name)
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
        let json = JSONValue.object(["name": .string(name)]).description
        #expect(try await refusal { _ = try form(json) } == "422 the prompt is not valid: \(problem)")
    }
}
