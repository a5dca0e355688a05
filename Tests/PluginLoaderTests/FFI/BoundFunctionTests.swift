import CHookgate
import CTestFunctions
import PluginLoader
import PluginPayloads
import Testing

@Suite("A bound function")
struct BoundFunctionTests {
    @Test("denies by its text, and lets pass by null")
    func denies() throws {
        let check = try TestFunction("check_mail", "deny(str recipient, str mail.subject, str mail.body)")
        let mail: JSONValue = ["subject": "spam", "body": "Buy ümlauts"]
        let spam = "ada@example.com should not get \"Buy ümlauts\""
        #expect(try check(["recipient": "ada@example.com", "mail": mail]) == .deny(code: "SPAM", reason: spam))
        #expect(
            try check(["recipient": "", "mail": mail]) == .deny(code: "NO_RECIPIENT", reason: "nobody would get it")
        )
        #expect(try check(["recipient": "ada", "mail": ["subject": "hello", "body": ""]]) == .continue)
    }

    @Test("gets twelve arguments of all types, in order")
    func passesAllTypes() throws {
        let echo = try TestFunction(
            "echo_all_types",
            """
            replace result(str a, i64 b, f64 c, bool d, cstr e, str f,
                           f64 g, i64 h, bool i, cstr j, f64 k, i64 l)
            """
        )
        let payload: JSONValue = [
            "l": -12, "k": 0.25, "j": "jay", "i": false, "h": 9_223_372_036_854_775_807, "g": -7.5,
            "f": "ef", "e": "Zoë 🦉", "d": true, "c": 3.5, "b": -2, "a": "ay",
        ]
        let expected = "ay|-2|3.5|true|Zoë 🦉|ef|-7.5|9223372036854775807|false|jay|0.25|-12"
        #expect(try echo(payload) == .echo(expected))
    }

    @Test("gets ten integers and ten doubles, more than the registers hold")
    func passesArgumentsOnTheStack() throws {
        let echo = try TestFunction(
            "echo_beyond_registers",
            """
            replace result(i64 a, f64 b, i64 c, f64 d, i64 e, f64 f, i64 g, f64 h, i64 i, f64 j, str k,
                           f64 l, f64 m, f64 n, f64 o, f64 p, bool q, f64 r, cstr s, bool t)
            """
        )
        let payload: JSONValue = [
            "a": 1, "b": 2.5, "c": 3, "d": 4.5, "e": 5, "f": 6.5, "g": 7, "h": 8.5, "i": 9, "j": 10.5,
            "k": "eleven", "l": 12.5, "m": 13.5, "n": 14.5, "o": 15.5, "p": 16.5, "q": true, "r": 18.5,
            "s": "nineteen", "t": false,
        ]
        let expected = "1|2.5|3|4.5|5|6.5|7|8.5|9|10.5|eleven|12.5|13.5|14.5|15.5|16.5|true|18.5|nineteen|false"
        #expect(try echo(payload) == .echo(expected))
    }

    @Test("gets 64 parameters as 128 arguments")
    func passesMostParameters() throws {
        let names = (1...64).map { "field\($0)" }
        let join = try TestFunction(
            "join_64",
            "replace result(\(names.map { "str \($0)" }.joined(separator: ", ")))"
        )
        let payload = JSONObject(names.map { ($0, .string("text of \($0)")) })
        #expect(try join(.object(payload)) == .echo(names.map { "text of \($0)," }.joined()))
    }

    @Test(
        "gets an i64 from every whole number that fits",
        arguments: [
            (.int(.max), "9223372036854775807"), (.int(.min), "-9223372036854775808"), (0, "0"),
            (3.0, "3"), (-0.0, "0"), (.number("1e3"), "1000"), (.number("12.0"), "12"),
        ] as [(JSONValue, String)]
    )
    func passesIntegers(value: JSONValue, text: String) throws {
        #expect(try TestFunction("echo_int", "replace result(i64 n)")(["n": value]) == .echo(text))
    }

    @Test(
        "gets an f64 from every number, also a rounded one",
        arguments: [
            (0.1, "0.10000000000000001"), (-1.5, "-1.5"), (1e300, "1.0000000000000001e+300"), (7, "7"),
            (.int(.max), "9.2233720368547758e+18"), (.number("1.10"), "1.1000000000000001"),
        ] as [(JSONValue, String)]
    )
    func passesDoubles(value: JSONValue, text: String) throws {
        #expect(try TestFunction("echo_double", "replace result(f64 n)")(["n": value]) == .echo(text))
    }

    @Test("gets a bool", arguments: [true, false])
    func passesBooleans(truth: Bool) throws {
        #expect(try TestFunction("echo_bool", "replace result(bool b)")(["b": .bool(truth)]) == .echo("\(truth)"))
    }

    @Test("gets a str with its size, empty or with a NUL in it", arguments: ["", "a", "Zoë 🦉", "a\0b"])
    func passesTexts(text: String) throws {
        let size = text.utf8.count
        let seen = text.split(separator: "\0").first ?? ""
        #expect(try TestFunction("echo_str", "replace result(str s)")(["s": .string(text)]) == .echo("\(size):\(seen)"))
    }

    @Test(
        "gets a cstr as a copy, short or long, and may return it",
        arguments: ["", "a", "Zoë 🦉", String(repeating: "long ", count: 10_000)]
    )
    func passesCStrings(text: String) throws {
        let same = try TestFunction("same", "replace result(cstr before, cstr s, cstr after)")
        #expect(try same(["before": .string(text), "s": "not this", "after": "nor this"]) == .echo(text))
    }

    @Test(
        "gets null and 0 for optional fields that are absent or of another type",
        arguments: [
            [:], ["a": nil, "b": nil, "c": nil, "d": nil, "e": nil],
            ["a": 1, "b": true, "c": "x", "d": [], "e": 1], ["a": .bytes([65]), "b": [:], "c": 1.5, "e": "true"],
            ["c": .number("1e19"), "d": .number("1e999")],
        ] as [JSONValue]
    )
    func passesAbsence(fields: JSONValue) throws {
        let flat = try TestFunction("echo_optional", "replace result(str? a, cstr? b, i64? c, f64? d, bool? e)")
        #expect(try flat(fields) == .echo("NULL 0|NULL|0|0|false"))
        let nested = try TestFunction(
            "echo_optional",
            "replace result(str? x.a, cstr? x.b, i64? x.c, f64? x.d, bool? x.e)"
        )
        #expect(try nested(["x": fields]) == .echo("NULL 0|NULL|0|0|false"))
        #expect(try nested(["x": "text"]) == .echo("NULL 0|NULL|0|0|false"))
    }

    @Test("gets the values of optional fields that are present, an empty text too")
    func passesPresence() throws {
        let echo = try TestFunction("echo_optional", "replace result(str? a, cstr? b, i64? c, f64? d, bool? e)")
        #expect(try echo(["a": "", "b": "", "c": 1, "d": 2, "e": true]) == .echo("text 0||1|2|true"))
    }

    @Test("gets the call")
    func passesCall() throws {
        let echo = try TestFunction("echo_hook", "replace result(call, str text)", allowsCall: true)
        let payload = try PayloadBlock(["text": "hello"] as JSONValue)
        let hook = "tool_pre_invoke"
        let result = unsafe hook.utf8CString.withUnsafeBufferPointer { name in
            var call = unsafe hg_call()
            unsafe call.hook = hg_text_of(name.baseAddress)
            return unsafe echo.bound.invoke(payload: payload.unsafeBlock, call: &call)
        }
        #expect(result == .echo("tool_pre_invoke:hello"))
        withExtendedLifetime(payload) {}
    }

    @Test("that wants the call is not called without one")
    func wantsCall() throws {
        let echo = try TestFunction("echo_hook", "replace result(call, str text)", allowsCall: true)
        #expect(try echo(["text": "hello"]) == .failure("the signature wants the call, and there is none"))
    }

    @Test("without a result is called and lets pass")
    func callsVoid() throws {
        #expect(try TestFunction("note", "void(i64 number)")(["number": 4711]) == .continue)
        #expect(test_noted() == 4711)
    }

    @Test("lets pass by null in every kind of result", arguments: ["void()", "deny()", "replace result()"])
    func letsPass(signature: String) throws {
        #expect(try TestFunction("nothing", signature)([:]) == .continue)
    }

    @Test("may return a text that stays")
    func returnsFixedText() throws {
        #expect(try TestFunction("fixed", "deny()")([:]) == .deny(code: "DENIED", reason: "a fixed text"))
        #expect(try TestFunction("fixed", "replace result()")([:]) == .echo("a fixed text"))
    }

    @Test(
        "denies with a code and a reason",
        arguments: [
            ("SPAM: too loud", "SPAM", "too loud"), ("SPAM:too loud", "SPAM", "too loud"),
            ("SPAM:   too loud ", "SPAM", "too loud "), ("A: b: c", "A", "b: c"), ("A:b:c", "A", "b:c"),
            ("mail:spam: at 12:30", "mail:spam", "at 12:30"), ("SPAM:", "SPAM", ""), ("SPAM: ", "SPAM", ""),
            (": no code", "DENIED", "no code"), ("no code", "DENIED", "no code"), ("", "DENIED", ""),
            ("ÄRGER: größer", "ÄRGER", "größer"),
        ]
    )
    func splitsDenials(text: String, code: String, reason: String) throws {
        let same = try TestFunction("same", "deny(cstr text)")
        #expect(try same(["text": .string(text)]) == .deny(code: code, reason: reason))
    }

    @Test("fails if its text is not UTF-8", arguments: ["deny()", "replace result()"])
    func refusesOtherEncodings(signature: String) throws {
        let failure = BoundResult.failure("the function returned a text that is not UTF-8")
        #expect(try TestFunction("latin_1", signature)([:]) == failure)
    }

    @Test("gives every caller its own result when many call at once")
    func isCalledConcurrently() async throws {
        let echo = try TestFunction(
            "echo_all_types",
            """
            replace result(str a, i64 b, f64 c, bool d, cstr e, str f,
                           f64 g, i64 h, bool i, cstr j, f64 k, i64 l)
            """
        )
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try (0..<1250).count { round in
                        let number = task * 1250 + round
                        let payload: JSONValue = [
                            "a": "a\(number)", "b": .int(Int64(number)), "c": 0.5, "d": true, "e": "e\(number)",
                            "f": "f", "g": 1.5, "h": .int(Int64(-number)), "i": false, "j": "j\(task)", "k": 2.5,
                            "l": .int(Int64(round)),
                        ]
                        let expected = "a\(number)|\(number)|0.5|true|e\(number)|f|1.5|\(-number)|false|j\(task)|2.5|"
                        return try echo(payload) != .echo(expected + "\(round)")
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
