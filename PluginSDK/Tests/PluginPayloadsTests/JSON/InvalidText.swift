import PluginPayloads
import Testing

/// A text that has to be refused, with the whole error.
struct InvalidText: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let error: String
    let testDescription: String

    init(_ text: String, _ error: String) {
        bytes = Array(text.utf8)
        self.error = error
        testDescription = text
    }

    /// A string with these bytes between its quotes.
    init(string parts: [UInt8], _ error: String) {
        bytes = Array("\"".utf8) + parts + Array("\"".utf8)
        self.error = error
        testDescription = parts.map { String($0, radix: 16) }.joined(separator: " ")
    }

    static let all = values + ends + numbers + arrays + objects + duplicates + strings + escapes + encodings

    static let values = [
        InvalidText("", "line 1, column 1: expected a value, found the end of the text"),
        InvalidText(" ", "line 1, column 2: expected a value, found the end of the text"),
        InvalidText("\n\n ", "line 3, column 2: expected a value, found the end of the text"),
        InvalidText("x", "line 1, column 1: expected a value, found 'x'"),
        InvalidText("nul", "line 1, column 1: expected a value, found 'n'"),
        InvalidText("Null", "line 1, column 1: expected a value, found 'N'"),
        InvalidText("nill", "line 1, column 1: expected a value, found 'n'"),
        InvalidText("tru", "line 1, column 1: expected a value, found 't'"),
        InvalidText("TRUE", "line 1, column 1: expected a value, found 'T'"),
        InvalidText("fals", "line 1, column 1: expected a value, found 'f'"),
        InvalidText("undefined", "line 1, column 1: expected a value, found 'u'"),
        InvalidText("NaN", "line 1, column 1: expected a value, found 'N'"),
        InvalidText("Infinity", "line 1, column 1: expected a value, found 'I'"),
        InvalidText("+1", "line 1, column 1: expected a value, found '+'"),
        InvalidText(".5", "line 1, column 1: expected a value, found '.'"),
        InvalidText("'a'", "line 1, column 1: expected a value, found a single quote"),
        InvalidText(",", "line 1, column 1: expected a value, found ','"),
        InvalidText(":", "line 1, column 1: expected a value, found ':'"),
        InvalidText("]", "line 1, column 1: expected a value, found ']'"),
        InvalidText("}", "line 1, column 1: expected a value, found '}'"),
        InvalidText("// 1", "line 1, column 1: expected a value, found '/'"),
        InvalidText("\u{FEFF}1", "line 1, column 1: expected a value, found a byte order mark"),
        InvalidText(" \u{FEFF}1", "line 1, column 2: expected a value, found a byte order mark"),
        InvalidText("\u{A0}1", "line 1, column 1: expected a value, found the byte 0xC2"),
        InvalidText("\u{0}", "line 1, column 1: expected a value, found the byte 0x00"),
        InvalidText("\u{B}1", "line 1, column 1: expected a value, found the byte 0x0B"),
        InvalidText("\u{C}1", "line 1, column 1: expected a value, found the byte 0x0C"),
        InvalidText("\u{7F}", "line 1, column 1: expected a value, found the byte 0x7F"),
    ]

    static let ends = [
        InvalidText("1 2", "line 1, column 3: expected the end of the text, found '2'"),
        InvalidText("nullx", "line 1, column 5: expected the end of the text, found 'x'"),
        InvalidText("truefalse", "line 1, column 5: expected the end of the text, found 'f'"),
        InvalidText("[]]", "line 1, column 3: expected the end of the text, found ']'"),
        InvalidText("{}}", "line 1, column 3: expected the end of the text, found '}'"),
        InvalidText("{}\n[]", "line 2, column 1: expected the end of the text, found '['"),
        InvalidText("\"a\"\"b\"", "line 1, column 4: expected the end of the text, found '\"'"),
        InvalidText("1,", "line 1, column 2: expected the end of the text, found ','"),
        InvalidText("1\u{0}", "line 1, column 2: expected the end of the text, found the byte 0x00"),
        InvalidText("1 // one", "line 1, column 3: expected the end of the text, found '/'"),
        InvalidText("1/* */", "line 1, column 2: expected the end of the text, found '/'"),
        InvalidText("{} \u{FEFF}", "line 1, column 4: expected the end of the text, found a byte order mark"),
    ]

    static let numbers = [
        InvalidText("-", "line 1, column 1: a minus sign needs digits"),
        InvalidText("--1", "line 1, column 1: a minus sign needs digits"),
        InvalidText("-a", "line 1, column 1: a minus sign needs digits"),
        InvalidText("-.5", "line 1, column 1: a minus sign needs digits"),
        InvalidText("-Infinity", "line 1, column 1: a minus sign needs digits"),
        InvalidText("01", "line 1, column 1: a number may not begin with 0"),
        InvalidText("00", "line 1, column 1: a number may not begin with 0"),
        InvalidText("-01", "line 1, column 1: a number may not begin with 0"),
        InvalidText("-00.5", "line 1, column 1: a number may not begin with 0"),
        InvalidText("012345678901234567890", "line 1, column 1: a number may not begin with 0"),
        InvalidText("1.", "line 1, column 1: a decimal point needs digits"),
        InvalidText("1.e5", "line 1, column 1: a decimal point needs digits"),
        InvalidText("-1.x", "line 1, column 1: a decimal point needs digits"),
        InvalidText("1e", "line 1, column 1: an exponent needs digits"),
        InvalidText("1E+", "line 1, column 1: an exponent needs digits"),
        InvalidText("1e-", "line 1, column 1: an exponent needs digits"),
        InvalidText("1.5e", "line 1, column 1: an exponent needs digits"),
        InvalidText("1.5ee5", "line 1, column 1: an exponent needs digits"),
        InvalidText("[0e]", "line 1, column 2: an exponent needs digits"),
        InvalidText("1.2.3", "line 1, column 4: expected the end of the text, found '.'"),
        InvalidText("1e5.5", "line 1, column 4: expected the end of the text, found '.'"),
        InvalidText("1-2", "line 1, column 2: expected the end of the text, found '-'"),
        InvalidText("0x10", "line 1, column 2: expected the end of the text, found 'x'"),
        InvalidText("1_000", "line 1, column 2: expected the end of the text, found '_'"),
        InvalidText("1f", "line 1, column 2: expected the end of the text, found 'f'"),
        InvalidText("[1\u{661}]", "line 1, column 3: expected a comma or ']' after an element, found the byte 0xD9"),
        InvalidText("[\n  1,\n  02\n]", "line 3, column 3: a number may not begin with 0"),
    ]

    static let arrays = [
        InvalidText("[", "line 1, column 2: expected a value, found the end of the text"),
        InvalidText("[1", "line 1, column 3: expected a comma or ']' after an element, found the end of the text"),
        InvalidText("[1,", "line 1, column 4: expected a value, found the end of the text"),
        InvalidText("[1,]", "line 1, column 4: expected a value after the comma, found ']'"),
        InvalidText("[1, ]", "line 1, column 5: expected a value after the comma, found ']'"),
        InvalidText("[,]", "line 1, column 2: expected a value, found ','"),
        InvalidText("[,1]", "line 1, column 2: expected a value, found ','"),
        InvalidText("[1,,2]", "line 1, column 4: expected a value, found ','"),
        InvalidText("[1 2]", "line 1, column 4: expected a comma or ']' after an element, found '2'"),
        InvalidText("[1;2]", "line 1, column 3: expected a comma or ']' after an element, found ';'"),
        InvalidText("[1}", "line 1, column 3: expected a comma or ']' after an element, found '}'"),
        InvalidText("[1:2]", "line 1, column 3: expected a comma or ']' after an element, found ':'"),
        InvalidText("[}", "line 1, column 2: expected a value, found '}'"),
        InvalidText("[[]", "line 1, column 4: expected a comma or ']' after an element, found the end of the text"),
        InvalidText("[\n1\n2\n]", "line 3, column 1: expected a comma or ']' after an element, found '2'"),
        InvalidText("[\r\n1,\r\n]", "line 3, column 1: expected a value after the comma, found ']'"),
        InvalidText("[\"é\" 1]", "line 1, column 6: expected a comma or ']' after an element, found '1'"),
        InvalidText("[\"😀\",x]", "line 1, column 6: expected a value, found 'x'"),
        InvalidText("[...]", "line 1, column 2: expected a value, found '.'"),
    ]

    static let objects = [
        InvalidText("{", "line 1, column 2: expected a key in double quotes, found the end of the text"),
        InvalidText("{1:2}", "line 1, column 2: expected a key in double quotes, found '1'"),
        InvalidText("{a:1}", "line 1, column 2: expected a key in double quotes, found 'a'"),
        InvalidText("{'a':1}", "line 1, column 2: expected a key in double quotes, found a single quote"),
        InvalidText("{null:1}", "line 1, column 2: expected a key in double quotes, found 'n'"),
        InvalidText("{,}", "line 1, column 2: expected a key in double quotes, found ','"),
        InvalidText("{]", "line 1, column 2: expected a key in double quotes, found ']'"),
        InvalidText(#"{"a"}"#, "line 1, column 5: expected a colon after the key, found '}'"),
        InvalidText(#"{"a""#, "line 1, column 5: expected a colon after the key, found the end of the text"),
        InvalidText(#"{"a" 1}"#, "line 1, column 6: expected a colon after the key, found '1'"),
        InvalidText(#"{"a","b"}"#, "line 1, column 5: expected a colon after the key, found ','"),
        InvalidText(#"{"a"=1}"#, "line 1, column 5: expected a colon after the key, found '='"),
        InvalidText(#"{"a":}"#, "line 1, column 6: expected a value, found '}'"),
        InvalidText(#"{"a":"#, "line 1, column 6: expected a value, found the end of the text"),
        InvalidText(#"{"a"::1}"#, "line 1, column 6: expected a value, found ':'"),
        InvalidText(#"{"a":1"#, "line 1, column 7: expected a comma or '}' after a value, found the end of the text"),
        InvalidText(#"{"a":1]"#, "line 1, column 7: expected a comma or '}' after a value, found ']'"),
        InvalidText(#"{"a":1 "b":2}"#, "line 1, column 8: expected a comma or '}' after a value, found '\"'"),
        InvalidText(#"{"a":1;"b":2}"#, "line 1, column 7: expected a comma or '}' after a value, found ';'"),
        InvalidText(#"{"a":1,}"#, "line 1, column 8: expected a key in double quotes, found '}'"),
        InvalidText(#"{"a":1,,"b":2}"#, "line 1, column 8: expected a key in double quotes, found ','"),
        InvalidText(#"{"a":1,"#, "line 1, column 8: expected a key in double quotes, found the end of the text"),
        InvalidText("{\n  \"a\": 1,\n  b: 2\n}", "line 3, column 3: expected a key in double quotes, found 'b'"),
        InvalidText(
            #"{"a":{"b":1}"#,
            "line 1, column 13: expected a comma or '}' after a value, found the end of the text"
        ),
    ]

    static let duplicates = [
        InvalidText(#"{"a":1,"a":2}"#, #"line 1, column 8: duplicate key "a""#),
        InvalidText(#"{"a":1,"b":2,"a":1}"#, #"line 1, column 14: duplicate key "a""#),
        InvalidText(#"{"a":1,"\u0061":2}"#, #"line 1, column 8: duplicate key "\u0061""#),
        InvalidText(#"{"\/":1,"/":2}"#, #"line 1, column 9: duplicate key "/""#),
        InvalidText(#"{"é":1,"\u00e9":2}"#, #"line 1, column 8: duplicate key "\u00e9""#),
        InvalidText(#"{"":1,"":2}"#, #"line 1, column 7: duplicate key """#),
        InvalidText(#"{"a\"b":1,"a\"b":2}"#, #"line 1, column 11: duplicate key "a\"b""#),
        InvalidText("{\n\"name\": 1,\n\"x\": 0, \"name\": 2}", #"line 3, column 9: duplicate key "name""#),
        InvalidText(#"[{"a":1},{"b":1,"b":1}]"#, #"line 1, column 17: duplicate key "b""#),
        InvalidText(#"{"a":{"b":1,"b":2},"a":3}"#, #"line 1, column 13: duplicate key "b""#),
        InvalidText(#"{"12345678a":1,"12345678b":2,"12345678a":3}"#, #"line 1, column 30: duplicate key "12345678a""#),
        InvalidText(#"{"a":"a","b":["a"],"c":{"a":0},"a":0}"#, #"line 1, column 32: duplicate key "a""#),
    ]

    static let strings = [
        InvalidText("\"", "line 1, column 1: the string that begins here is not closed"),
        InvalidText("\"abc", "line 1, column 1: the string that begins here is not closed"),
        InvalidText("\"123456789012345", "line 1, column 1: the string that begins here is not closed"),
        InvalidText("\"abc\\", "line 1, column 1: the string that begins here is not closed"),
        InvalidText("\"abc\\\"", "line 1, column 1: the string that begins here is not closed"),
        InvalidText("[1,\"abc]", "line 1, column 4: the string that begins here is not closed"),
        InvalidText("{\"abc:1}", "line 1, column 2: the string that begins here is not closed"),
        InvalidText("\"\n\"", "line 1, column 2: the byte 0x0A in a string has to be escaped"),
        InvalidText("\"a\tb\"", "line 1, column 3: the byte 0x09 in a string has to be escaped"),
        InvalidText("\"\r\n\"", "line 1, column 2: the byte 0x0D in a string has to be escaped"),
        InvalidText("\"\u{0}\"", "line 1, column 2: the byte 0x00 in a string has to be escaped"),
        InvalidText("\"\u{1F}\"", "line 1, column 2: the byte 0x1F in a string has to be escaped"),
        InvalidText("\"123456\u{1}8\"", "line 1, column 8: the byte 0x01 in a string has to be escaped"),
        InvalidText("\"1234567890\u{1}\"", "line 1, column 12: the byte 0x01 in a string has to be escaped"),
        InvalidText("{\"a\n\":1}", "line 1, column 4: the byte 0x0A in a string has to be escaped"),
        InvalidText("[\"é\u{7}\"]", "line 1, column 4: the byte 0x07 in a string has to be escaped"),
    ]

    static let escapes = [
        InvalidText(#""\a""#, "line 1, column 3: unknown escape: a backslash before 'a'"),
        InvalidText(#""\x41""#, "line 1, column 3: unknown escape: a backslash before 'x'"),
        InvalidText(#""\'""#, "line 1, column 3: unknown escape: a backslash before a single quote"),
        InvalidText(#""\0""#, "line 1, column 3: unknown escape: a backslash before '0'"),
        InvalidText(#""\U0041""#, "line 1, column 3: unknown escape: a backslash before 'U'"),
        InvalidText(#""\N""#, "line 1, column 3: unknown escape: a backslash before 'N'"),
        InvalidText("\"\\\n\"", "line 1, column 3: unknown escape: a backslash before the byte 0x0A"),
        InvalidText("\"\\é\"", "line 1, column 3: unknown escape: a backslash before the byte 0xC3"),
        InvalidText(#""\u""#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""\u1""#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""\u123""#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""\u12g4""#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""\u-123""#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""\u{41}""#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""ab\u 041""#, "line 1, column 4: \\u needs four hexadecimal digits"),
        InvalidText(#""\u004"#, "line 1, column 2: \\u needs four hexadecimal digits"),
        InvalidText(#""\ud800""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\udbff""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\udc00""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\udfff""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\ud800a""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\ud800\n""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\ud800\u0041""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\ud800\ud800""#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#""\ud83d\u""#, "line 1, column 8: \\u needs four hexadecimal digits"),
        InvalidText(#""\ud83d\ude0""#, "line 1, column 8: \\u needs four hexadecimal digits"),
        InvalidText(#""\ud83d"#, "line 1, column 2: \\u with half of a surrogate pair"),
        InvalidText(#"{"\ude00\ud83d":1}"#, "line 1, column 3: \\u with half of a surrogate pair"),
    ]

    static let encodings = [
        InvalidText(string: [0x80], "line 1, column 2: the byte 0x80 is not UTF-8 here"),
        InvalidText(string: [0xBF], "line 1, column 2: the byte 0xBF is not UTF-8 here"),
        InvalidText(string: [0xC0, 0x80], "line 1, column 2: the byte 0xC0 is not UTF-8 here"),
        InvalidText(string: [0xC1, 0xBF], "line 1, column 2: the byte 0xC1 is not UTF-8 here"),
        InvalidText(string: [0xC2], "line 1, column 2: the byte 0xC2 is not UTF-8 here"),
        InvalidText(string: [0xC2, 0x41], "line 1, column 2: the byte 0xC2 is not UTF-8 here"),
        InvalidText(string: [0xE0, 0x80, 0x80], "line 1, column 2: the byte 0xE0 is not UTF-8 here"),
        InvalidText(string: [0xE0, 0x9F, 0xBF], "line 1, column 2: the byte 0xE0 is not UTF-8 here"),
        InvalidText(string: [0xE2, 0x82], "line 1, column 2: the byte 0xE2 is not UTF-8 here"),
        InvalidText(string: [0xE2, 0x28, 0xA1], "line 1, column 2: the byte 0xE2 is not UTF-8 here"),
        InvalidText(string: [0xED, 0xA0, 0x80], "line 1, column 2: the byte 0xED is not UTF-8 here"),
        InvalidText(string: [0xED, 0xBF, 0xBF], "line 1, column 2: the byte 0xED is not UTF-8 here"),
        InvalidText(string: [0xF0, 0x80, 0x80, 0x80], "line 1, column 2: the byte 0xF0 is not UTF-8 here"),
        InvalidText(string: [0xF0, 0x8F, 0xBF, 0xBF], "line 1, column 2: the byte 0xF0 is not UTF-8 here"),
        InvalidText(string: [0xF0, 0x9F, 0x98], "line 1, column 2: the byte 0xF0 is not UTF-8 here"),
        InvalidText(string: [0xF0, 0x9F, 0x41, 0x80], "line 1, column 2: the byte 0xF0 is not UTF-8 here"),
        InvalidText(string: [0xF4, 0x90, 0x80, 0x80], "line 1, column 2: the byte 0xF4 is not UTF-8 here"),
        InvalidText(string: [0xF5, 0x80, 0x80, 0x80], "line 1, column 2: the byte 0xF5 is not UTF-8 here"),
        InvalidText(string: [0xFE], "line 1, column 2: the byte 0xFE is not UTF-8 here"),
        InvalidText(string: [0xFF], "line 1, column 2: the byte 0xFF is not UTF-8 here"),
        InvalidText(string: Array("12345678é".utf8) + [0xFF], "line 1, column 11: the byte 0xFF is not UTF-8 here"),
        InvalidText(string: Array("é".utf8) + [0xC3, 0x28], "line 1, column 3: the byte 0xC3 is not UTF-8 here"),
    ]
}
