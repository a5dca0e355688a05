import PluginLoader
import PluginPayloads
import Testing

@Suite("A field that does not fit its parameter")
struct FieldErrorTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let parameter: String
        let payload: JSONValue
        let message: String

        init(_ parameter: String, _ payload: JSONValue, _ message: String) {
            self.parameter = parameter
            self.payload = payload
            self.message = message
        }

        var testDescription: String { "\(parameter): \(message)" }
    }

    static let examples = [
        Example("str a", [:], "field \"a\" is missing"),
        Example("str a", ["a": nil], "field \"a\" is missing"),
        Example("str args.user", ["args": [:]], "field \"args.user\" is missing"),
        Example("str args.user.name", ["args": ["user": [:]]], "field \"args.user.name\" is missing"),
        Example("str args.user.name", ["args": ["user": nil]], "field \"args.user\" is missing"),
        Example("str args.user.name", ["user": "ada"], "field \"args\" is missing"),
        Example("str args.user.name", ["args": []], "field \"args\" is an array, the signature wants an object"),
        Example(
            "str args.user.name",
            ["args": ["user": "ada"]],
            "field \"args.user\" is a string, the signature wants an object"
        ),
        Example("str a", "text", "the payload is a string, the signature wants an object"),
        Example("str a", ["a": 1], "field \"a\" is a number, the signature wants str"),
        Example("str a", ["a": .number("1.10")], "field \"a\" is a number, the signature wants str"),
        Example("str a", ["a": .bytes([65])], "field \"a\" is bytes, the signature wants str"),
        Example("cstr a", ["a": true], "field \"a\" is a boolean, the signature wants cstr"),
        Example("cstr a", ["a": "b\0c"], "field \"a\" has a NUL in it, which cstr cannot carry"),
        Example("cstr? a", ["a": "b\0c"], "field \"a\" has a NUL in it, which cstr cannot carry"),
        Example("i64 a", ["a": "1"], "field \"a\" is a string, the signature wants i64"),
        Example("i64 a", ["a": 1.5], "field \"a\" is a number with a fraction, the signature wants i64"),
        Example("i64 a", ["a": .number("1e-3")], "field \"a\" is a number with a fraction, the signature wants i64"),
        Example("i64 a", ["a": .number("9223372036854775808")], "field \"a\" is out of the range of i64"),
        Example("i64 a", ["a": 1e19], "field \"a\" is out of the range of i64"),
        Example("f64 a", ["a": [1]], "field \"a\" is an array, the signature wants f64"),
        Example("f64 a", ["a": .number("1e999")], "field \"a\" is out of the range of f64"),
        Example("bool a", ["a": 1], "field \"a\" is a number, the signature wants bool"),
        Example("bool a", ["a": [:]], "field \"a\" is an object, the signature wants bool"),
    ]

    @Test("is a failure that names it, and the function is not called", arguments: examples)
    func isNamed(_ example: Example) throws {
        // `fixed` would deny whatever it gets.
        let function = try TestFunction("fixed", "deny(\(example.parameter))")
        #expect(try function(example.payload) == .failure(example.message))
    }

    @Test("is found behind parameters that fit")
    func isFoundLater() throws {
        let function = try TestFunction("fixed", "deny(str a, cstr b, bool c)")
        let failure = BoundResult.failure("field \"c\" is a string, the signature wants bool")
        #expect(try function(["a": "x", "b": "y", "c": "z"]) == failure)
    }
}
