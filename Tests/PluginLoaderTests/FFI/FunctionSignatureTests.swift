import PluginLoader
import Testing

@Suite("The text of a function's signature")
struct FunctionSignatureTests {
    struct Valid: Sendable, CustomTestStringConvertible {
        let text: String
        let outcome: FunctionSignature.Outcome
        let parameters: [FunctionSignature.Parameter]

        init(_ text: String, _ outcome: FunctionSignature.Outcome, _ parameters: FunctionSignature.Parameter...) {
            self.text = text
            self.outcome = outcome
            self.parameters = parameters
        }

        var testDescription: String { text }
    }

    static let valid = [
        Valid("void()", .void),
        Valid("deny()", .deny),
        Valid("replace text()", .replace(FieldPath("text"))),
        Valid("replace args.user.name()", .replace(FieldPath("args", "user", "name"))),
        Valid("void(call)", .void, .call),
        Valid("void(str a)", .void, .field(.str, FieldPath("a"), isOptional: false)),
        Valid("void(cstr a)", .void, .field(.cstr, FieldPath("a"), isOptional: false)),
        Valid("void(i64 a)", .void, .field(.i64, FieldPath("a"), isOptional: false)),
        Valid("void(f64 a)", .void, .field(.f64, FieldPath("a"), isOptional: false)),
        Valid("void(bool a)", .void, .field(.bool, FieldPath("a"), isOptional: false)),
        Valid("void(str? a)", .void, .field(.str, FieldPath("a"), isOptional: true)),
        Valid("void(str?a)", .void, .field(.str, FieldPath("a"), isOptional: true)),
        Valid("void(str ?a)", .void, .field(.str, FieldPath("?a"), isOptional: false)),
        Valid("void(str call)", .void, .field(.str, FieldPath("call"), isOptional: false)),
        Valid("void(str x-Größe.#1)", .void, .field(.str, FieldPath("x-Größe", "#1"), isOptional: false)),
        // A key may begin with a combining mark, which makes the dot before it no other dot.
        Valid("void(str a.\u{301}b)", .void, .field(.str, FieldPath("a", "\u{301}b"), isOptional: false)),
        Valid(
            "deny(i64 b, call, str a.b)",
            .deny,
            .field(.i64, FieldPath("b"), isOptional: false),
            .call,
            .field(.str, FieldPath("a", "b"), isOptional: false)
        ),
        Valid(
            "\n replace\tx ( str  a\r\n,bool?  b ) ",
            .replace(FieldPath("x")),
            .field(.str, FieldPath("a"), isOptional: false),
            .field(.bool, FieldPath("b"), isOptional: true)
        ),
    ]

    @Test("is read into its parts", arguments: valid)
    func isRead(_ example: Valid) throws {
        let signature = try FunctionSignature(parsing: example.text, allowsCall: true)
        #expect(signature == FunctionSignature(example.outcome, example.parameters))
    }

    struct Invalid: Sendable, CustomTestStringConvertible {
        let text: String
        let error: SignatureError

        init(_ text: String, _ message: String, at offset: Int, hint: String? = nil) {
            self.text = text
            self.error = SignatureError(message, at: offset, hint: hint)
        }

        var testDescription: String { text }
    }

    static let results = "a result is void, deny or replace PATH"
    static let parameters = "the parameters are str, cstr, i64, f64, bool and call"

    static let invalid = [
        Invalid("", "the result is missing", at: 0, hint: results),
        Invalid("  (str a)", "the result is missing", at: 2, hint: results),
        Invalid("dney(str a)", "unknown result \"dney\"", at: 0, hint: "did you mean \"deny\"? \(results)"),
        Invalid(" return(str a)", "unknown result \"return\"", at: 1, hint: results),
        Invalid(
            "replace(str a)",
            "\"replace\" lacks the path of its field",
            at: 0,
            hint: "write \"replace PATH(...)\""
        ),
        Invalid("replace a..b()", "a key is missing beside \".\" in \"a..b\"", at: 9),
        Invalid("void", "expected \"(\" at the end", at: 4),
        Invalid("void  ", "expected \"(\" at the end", at: 6),
        Invalid("void str a)", "expected \"(\" before \"str\"", at: 5),
        Invalid("replace a b(str c)", "expected \"(\" before \"b\"", at: 10),
        Invalid("void)", "expected \"(\" before \")\"", at: 4),
        Invalid("void(", "\"(\" is never closed", at: 4),
        Invalid("void (str a", "\"(\" is never closed", at: 5),
        Invalid("void(str a, ", "\"(\" is never closed", at: 4),
        Invalid("void(str a))", "\")\" after the end of the signature", at: 11),
        Invalid("void() deny()", "\"deny\" after the end of the signature", at: 7),
        Invalid("void(,str a)", "expected a parameter before \",\"", at: 5),
        Invalid("void(str a, ,str b)", "expected a parameter before \",\"", at: 12),
        Invalid("void(str a,)", "expected a parameter before \")\"", at: 11),
        Invalid("void((str a))", "expected a parameter before \"(\"", at: 5),
        Invalid("void(str a b)", "expected \",\" or \")\" before \"b\"", at: 11),
        Invalid("void(str a(b))", "expected \",\" or \")\" before \"(\"", at: 10),
        Invalid("void(str)", "\"str\" lacks the path of its field", at: 5, hint: "write \"str PATH\""),
        Invalid("void(i64 n, cstr? )", "\"cstr?\" lacks the path of its field", at: 12, hint: "write \"cstr? PATH\""),
        Invalid("void(str .a)", "a key is missing beside \".\" in \".a\"", at: 9),
        Invalid("void(str a.b.)", "a key is missing beside \".\" in \"a.b.\"", at: 12),
        Invalid("void(str a.b..c)", "a key is missing beside \".\" in \"a.b..c\"", at: 12),
        Invalid("void(str .)", "a key is missing beside \".\" in \".\"", at: 9),
        Invalid("void(str a . b)", "expected \",\" or \")\" before \".\"", at: 11),
        Invalid(
            "deny(str a, string b)",
            "unknown type \"string\"",
            at: 12,
            hint: "did you mean \"str\"? \(parameters)"
        ),
        Invalid("void(int a)", "unknown type \"int\"", at: 5, hint: "did you mean \"i64\"? \(parameters)"),
        Invalid("void(Float? a)", "unknown type \"Float?\"", at: 5, hint: "did you mean \"f64\"? \(parameters)"),
        Invalid("void(bol a)", "unknown type \"bol\"", at: 5, hint: "did you mean \"bool\"? \(parameters)"),
        Invalid("void(cal)", "unknown type \"cal\"", at: 5, hint: "did you mean \"call\"? \(parameters)"),
        Invalid("void(blob a)", "unknown type \"blob\"", at: 5, hint: "did you mean \"bool\"? \(parameters)"),
        Invalid("void(timestamp a)", "unknown type \"timestamp\"", at: 5, hint: parameters),
        Invalid("void(? a)", "unknown type \"?\"", at: 5, hint: parameters),
        Invalid("void(str ä, sträng b)", "unknown type \"sträng\"", at: 12, hint: parameters),
        Invalid("void(call, str a, call)", "a second \"call\"", at: 18),
        Invalid("void(call?)", "\"call\" is never absent", at: 5, hint: "write \"call\""),
        Invalid("void(call a)", "expected \",\" or \")\" before \"a\"", at: 10),
    ]

    @Test("is refused with what is wrong and where", arguments: invalid)
    func isRefused(_ example: Invalid) {
        #expect(throws: example.error) { try FunctionSignature(parsing: example.text, allowsCall: true) }
    }

    @Test("takes 64 parameters, and refuses one more")
    func countsParameters() throws {
        let most = "void(" + (1...64).map { "i64 n\($0)" }.joined(separator: ",")
        #expect(try FunctionSignature(parsing: most + ")", allowsCall: false).parameters.count == 64)
        #expect(throws: SignatureError("more than 64 parameters", at: most.count + 2)) {
            try FunctionSignature(parsing: most + ", bool one)", allowsCall: false)
        }
    }

    @Test("may use call in plugins alone")
    func restrictsCall() {
        let forPlugins = SignatureError(
            "\"call\" is for plugins only",
            at: 11,
            hint: "a function of an existing library takes fields of the payload"
        )
        #expect(throws: forPlugins) { try FunctionSignature(parsing: "deny(str a,call)", allowsCall: false) }
        let unknown = SignatureError(
            "unknown type \"cal\"",
            at: 5,
            hint: "the types are str, cstr, i64, f64 and bool"
        )
        #expect(throws: unknown) { try FunctionSignature(parsing: "deny(cal)", allowsCall: false) }
    }

    @Test("is refused in one line")
    func describesErrors() {
        #expect(SignatureError("a second \"call\"", at: 18).description == "signature: a second \"call\", at offset 18")
        let unknown = SignatureError("unknown result \"x\"", at: 0, hint: Self.results)
        #expect(unknown.description == "signature: unknown result \"x\", at offset 0; \(Self.results)")
    }
}
