import Testing
import YAMLTree

@Suite("Core schema")
struct CoreSchemaTests {
    @Test(
        "a plain scalar means what YAML 1.2 says",
        arguments: [
            ("null", "null"), ("Null", "null"), ("NULL", "null"), ("~", "null"), ("nULL", "\"nULL\""),
            ("true", "true"), ("True", "true"), ("TRUE", "true"), ("tRue", "\"tRue\""),
            ("false", "false"), ("False", "false"), ("FALSE", "false"),
            ("yes", "\"yes\""), ("no", "\"no\""), ("on", "\"on\""), ("off", "\"off\""), ("y", "\"y\""),
            ("0", "int 0"), ("-0", "int 0"), ("+5", "int 5"), ("-17", "int -17"), ("007", "int 7"),
            ("0o17", "int 15"), ("0x1F", "int 31"), ("0xff", "int 255"),
            ("0o8", "\"0o8\""), ("0x", "\"0x\""), ("0x-1", "\"0x-1\""), ("-0x1", "\"-0x1\""), ("0b1", "\"0b1\""),
            ("1_000", "\"1_000\""), ("1:30", "\"1:30\""), ("2024-01-02", "\"2024-01-02\""), ("1.2.3", "\"1.2.3\""),
            ("9223372036854775807", "int 9223372036854775807"),
            ("-9223372036854775808", "int -9223372036854775808"),
            ("9223372036854775808", "number 9223372036854775808"),
            ("+012345678901234567890", "number 12345678901234567890"),
            ("0xFFFFFFFFFFFFFFFF", "number 18446744073709551615"),
            ("0x00000000000000001F", "int 31"),
            ("0x1FFFFFFFFFFFFFFFF", "unrepresentable"),
            ("1.10", "number 1.10"), ("-1.10", "number -1.10"), ("+1.5", "number 1.5"), (".5", "number 0.5"),
            ("5.", "number 5.0"), ("-.5e3", "number -0.5e3"), ("01.50", "number 1.50"), ("00", "int 0"),
            ("1e5", "number 1e5"), ("1E+05", "number 1E+05"), ("1e", "\"1e\""), ("e1", "\"e1\""),
            (".", "\".\""), ("+", "\"+\""), ("-.", "\"-.\""), (".e1", "\".e1\""), ("1e5x", "\"1e5x\""),
            ("١٢", "\"١٢\""), ("1\u{301}", "\"1\u{301}\""),
            (".inf", "unrepresentable"), ("-.INF", "unrepresentable"), ("+.Inf", "unrepresentable"),
            (".nan", "unrepresentable"), (".NaN", "unrepresentable"), ("-.nan", "\"-.nan\""), ("inf", "\"inf\""),
        ]
    )
    func plain(text: String, expected: String) {
        #expect(outline(document("- \(text)\n").root) == "[\(expected)@1:3]@1:1")
    }

    @Test("quotes make a string", arguments: ["'5'", "\"true\"", "'null'", "\"~\"", "''", "'0x1F'"])
    func quoted(text: String) {
        let inner = String(text.dropFirst().dropLast())
        #expect(document(text).root?.content == .scalar(YAMLScalar(quoted: inner)))
    }

    @Test(
        "core tags decide the meaning",
        arguments: [
            ("!!str 5", "\"5\""), ("! 5", "\"5\""), ("!!int '5'", "int 5"),
            ("!!int 99999999999999999999", "number 99999999999999999999"),
            ("!!float 5", "int 5"), ("!!float '1.10'", "number 1.10"), ("!!bool 'true'", "true"), ("!!null ''", "null"),
        ]
    )
    func tags(text: String, expected: String) {
        let document = document("- \(text)\n")
        #expect(document.errors == [])
        #expect(outline(document.root) == "[\(expected)@1:3]@1:1")
    }

    @Test("tags of collections are accepted where they fit")
    func collectionTags() {
        #expect(outline(document("!!map {a: !!seq [1]}").root) == "{a@1:8: [int 1@1:18]@1:11}@1:1")
    }

    @Test(
        "other tags, and core tags that do not fit, are refused",
        arguments: [
            ("!!int five", "1:3 tag: \"five\" does not fit its tag !!int"),
            ("!!bool yes", "1:3 tag: \"yes\" does not fit its tag !!bool"),
            ("!!null 0", "1:3 tag: \"0\" does not fit its tag !!null"),
            ("!!int 1.5", "1:3 tag: \"1.5\" does not fit its tag !!int"),
            ("!secret x", "1:3 tag: the tag \"!secret\" is not supported here | remove the tag"),
            ("!!binary aGk=", "1:3 tag: the tag \"tag:yaml.org,2002:binary\" is not supported here | remove the tag"),
            ("!!set {a: ~}", "1:3 tag: the tag \"tag:yaml.org,2002:set\" is not supported here | remove the tag"),
            ("!!map [1]", "1:3 tag: the tag \"tag:yaml.org,2002:map\" is not supported here | remove the tag"),
        ]
    )
    func refusedTags(text: String, expected: String) {
        #expect(errors("- \(text)\n") == [expected])
    }
}
