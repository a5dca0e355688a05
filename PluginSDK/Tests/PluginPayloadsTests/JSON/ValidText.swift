import PluginPayloads
import Testing

/// A text that has to be accepted, what it means, and how it prints.
struct ValidText: Sendable, CustomTestStringConvertible {
    let text: String
    let value: JSONValue
    let printed: String

    /// Without `printed` the text prints as it is.
    init(_ text: String, _ value: JSONValue, prints printed: String? = nil) {
        self.text = text
        self.value = value
        self.printed = printed ?? text
    }

    var testDescription: String { text }

    static let all = words + whiteSpace + integers + otherNumbers + strings + unicode + containers

    static let words = [
        ValidText("null", nil),
        ValidText("true", true),
        ValidText("false", false),
        ValidText("[null,true,false]", [nil, true, false]),
        ValidText(#"{"null":null,"true":true,"false":false}"#, ["null": nil, "true": true, "false": false]),
    ]

    static let whiteSpace = [
        ValidText(" null", nil, prints: "null"),
        ValidText("null ", nil, prints: "null"),
        ValidText("\t\n\r true\r\n\t ", true, prints: "true"),
        ValidText("\n\n\n0", 0, prints: "0"),
        ValidText("[ ]", [], prints: "[]"),
        ValidText("[\n]", [], prints: "[]"),
        ValidText("{ }", [:], prints: "{}"),
        ValidText("{\r\n\t}", [:], prints: "{}"),
        ValidText("[ 1 , 2 ]", [1, 2], prints: "[1,2]"),
        ValidText("[1 ,2\t,\n3\r]", [1, 2, 3], prints: "[1,2,3]"),
        ValidText(#" { "a" : 1 , "b" : 2 } "#, ["a": 1, "b": 2], prints: #"{"a":1,"b":2}"#),
        ValidText("{\n    \"a\": [\n        1\n    ]\n}\n", ["a": [1]], prints: #"{"a":[1]}"#),
        ValidText(#""  two  ""#, "  two  "),
    ]

    static let integers = [
        ValidText("0", 0),
        ValidText("1", 1),
        ValidText("-1", -1),
        ValidText("9", 9),
        ValidText("10", 10),
        ValidText("-10", -10),
        ValidText("99", 99),
        ValidText("100", 100),
        ValidText("12345678", 12_345_678),
        ValidText("123456789012345678", 123_456_789_012_345_678),
        ValidText("1000000000000000000", 1_000_000_000_000_000_000),
        ValidText("999999999999999999", 999_999_999_999_999_999),
        ValidText("9223372036854775807", .int(.max)),
        ValidText("-9223372036854775807", .int(.min + 1)),
        ValidText("-9223372036854775808", .int(.min)),
        ValidText("[0,-1,1,-20,300]", [0, -1, 1, -20, 300]),
        ValidText("2147483648", 2_147_483_648),
        ValidText("-4294967296", -4_294_967_296),
    ]

    /// Numbers whose text is kept.
    static let otherNumbers =
        [
            "-0", "0.0", "-0.0", "0.5", "-0.5", "1.0", "1.10", "10.0", "100.25", "3.141592653589793238462643383279",
            "1e2", "1E2", "1e+2", "1E+2", "1e-2", "0e0", "-0e-0", "0e00", "1.5e10", "-1.5E-10", "1e400", "-1e400",
            "1e-400", "1e99999999999999999999", "9223372036854775808", "-9223372036854775809", "12345678901234567890",
            "9999999999999999999", "10000000000000000000", "18446744073709551615", "18446744073709551616",
            "340282366920938463463374607431768211456", "0.000000000000000000000000000001", "1.7976931348623157e308",
            "5e-324", "123456789.123456789",
        ].map { ValidText($0, .number($0)) } + [
            ValidText("[1.0,2.50,-0]", [.number("1.0"), .number("2.50"), .number("-0")]),
            ValidText(#"{"price":19.90}"#, ["price": .number("19.90")]),
            ValidText(" 1.5 ", .number("1.5"), prints: "1.5"),
        ]

    static let strings = [
        ValidText(#""""#, ""),
        ValidText(#""a""#, "a"),
        ValidText(#""1234567""#, "1234567"),
        ValidText(#""12345678""#, "12345678"),
        ValidText(#""123456789""#, "123456789"),
        ValidText(#""The quick brown fox jumps over the lazy dog.""#, "The quick brown fox jumps over the lazy dog."),
        ValidText(#""\"""#, "\""),
        ValidText(#""\\""#, "\\"),
        ValidText(#""\/""#, "/", prints: #""/""#),
        ValidText(#""/""#, "/"),
        ValidText(#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        ValidText(#""\u0008\u000C\u000a\u000D\u0009""#, "\u{8}\u{C}\n\r\t", prints: #""\b\f\n\r\t""#),
        ValidText(#""\u0000""#, "\0"),
        ValidText(#""\u0001\u001f""#, "\u{1}\u{1F}"),
        ValidText(#""\u001F""#, "\u{1F}", prints: #""\u001f""#),
        ValidText(#""\u000b\u000e""#, "\u{B}\u{E}"),
        ValidText(#""\u0041\u006a""#, "Aj", prints: #""Aj""#),
        ValidText(#""\u0022\u005c\u002F""#, "\"\\/", prints: #""\"\\/""#),
        ValidText(#""\u007f""#, "\u{7F}", prints: "\"\u{7F}\""),
        ValidText("\"\u{7F}\"", "\u{7F}"),
        ValidText(#""a\nb\nc\n""#, "a\nb\nc\n"),
        ValidText(#""1234567\n9""#, "1234567\n9"),
        ValidText(#""12345678\n0""#, "12345678\n0"),
        ValidText(#""\n2345678901234567\n""#, "\n2345678901234567\n"),
        ValidText(#""\\u0041""#, "\\u0041"),
        ValidText(#""\\\\\\\"""#, "\\\\\\\""),
        ValidText(#""[1,2]""#, "[1,2]"),
        ValidText(#""{\"a\":1}""#, "{\"a\":1}"),
        ValidText(#""'""#, "'"),
        ValidText(#""!#$%&()*+,-.:;<=>?@[]^_`{|}~""#, "!#$%&()*+,-.:;<=>?@[]^_`{|}~"),
    ]

    static let unicode = [
        ValidText("\"é\"", "é"),
        ValidText("\"e\u{301}\"", "e\u{301}"),
        ValidText("\"€\"", "€"),
        ValidText("\"日本語のテキスト\"", "日本語のテキスト"),
        ValidText("\"😀\"", "😀"),
        ValidText("\"1234567é\"", "1234567é"),
        ValidText("\"123456789é123456789€\"", "123456789é123456789€"),
        ValidText("\"\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\"", "\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}"),
        ValidText("\"\u{FFFE}\u{FFFF}\u{10000}\u{10FFFF}\"", "\u{FFFE}\u{FFFF}\u{10000}\u{10FFFF}"),
        ValidText("\"\u{FEFF}\"", "\u{FEFF}"),
        ValidText("\"\u{2028}\u{2029}\"", "\u{2028}\u{2029}"),
        ValidText(#""\u00e9""#, "é", prints: "\"é\""),
        ValidText(#""\u00E9\u20ac\uFFFF""#, "é€\u{FFFF}", prints: "\"é€\u{FFFF}\""),
        ValidText(#""\ud83d\ude00""#, "😀", prints: "\"😀\""),
        ValidText(#""\uD800\uDC00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}", prints: "\"\u{10000}\u{10FFFF}\""),
        ValidText(#""\ud7ff\ue000""#, "\u{D7FF}\u{E000}", prints: "\"\u{D7FF}\u{E000}\""),
        ValidText(#""a\ud83d\ude00b""#, "a😀b", prints: "\"a😀b\""),
        ValidText("{\"ключ\":\"значение\"}", ["ключ": "значение"]),
        ValidText("{\"é\":1,\"e\u{301}\":2}", .object(JSONObject([("é", 1), ("e\u{301}", 2)]))),
    ]

    static let containers = [
        ValidText("[]", []),
        ValidText("{}", [:]),
        ValidText("[[]]", [[]]),
        ValidText("[{}]", [[:]]),
        ValidText("[[],{},[]]", [[], [:], []]),
        ValidText("[[[[[]]]]]", [[[[[]]]]]),
        ValidText("[1,[2,[3,[4]]],5]", [1, [2, [3, [4]]], 5]),
        ValidText(#"["a",1,null,1.5]"#, ["a", 1, nil, .number("1.5")]),
        ValidText(#"["",""]"#, ["", ""]),
        ValidText(#"{"":""}"#, ["": ""]),
        ValidText(#"{"":0," ":1}"#, ["": 0, " ": 1]),
        ValidText(#"{"a":{}}"#, ["a": [:]]),
        ValidText(#"{"a":[]}"#, ["a": []]),
        ValidText(#"{"a":{"b":{"c":{}}}}"#, ["a": ["b": ["c": [:]]]]),
        ValidText(#"{"a":{"a":{"a":1}}}"#, ["a": ["a": ["a": 1]]]),
        ValidText(#"[{"a":1},{"a":1}]"#, [["a": 1], ["a": 1]]),
        ValidText(#"{"z":1,"a":2,"m":3}"#, ["z": 1, "a": 2, "m": 3]),
        ValidText(#"{"a":1,"A":2,"aa":3,"":4}"#, ["a": 1, "A": 2, "aa": 3, "": 4]),
        ValidText(#"{"ab":1,"a":2,"b":3}"#, ["ab": 1, "a": 2, "b": 3]),
        ValidText(#"{"\u0061":1}"#, ["a": 1], prints: #"{"a":1}"#),
        ValidText(#"{"a\nb":1}"#, ["a\nb": 1]),
        ValidText(#"{"a\u0000":1,"a":2}"#, ["a\0": 1, "a": 2]),
        ValidText(#"{"12345678a":1,"12345678b":2}"#, ["12345678a": 1, "12345678b": 2]),
        ValidText(
            #"{"name":"search","arguments":{"query":"swift","limit":10,"filters":["new",{"year":2026}]}}"#,
            ["name": "search", "arguments": ["query": "swift", "limit": 10, "filters": ["new", ["year": 2026]]]]
        ),
    ]
}
