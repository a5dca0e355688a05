import CHookgate
import PluginPayloads
import Testing

/// Large texts that would take long, or much memory, if some step were not linear.
@Suite("Hostile texts", .timeLimit(.minutes(5)), .serialized)
struct HostileTextTests {
    /// Bytes of each text, about.
    private static let size = isSoak ? 20 << 20 : 4 << 20

    private static let limits = JSONLimits(maxBytes: 1 << 30, maxNodes: 1 << 30)

    private func text(_ start: String, _ middle: String, _ end: String) -> [UInt8] {
        Array(start.utf8) + repeated(middle, Self.size / middle.utf8.count) + Array(end.utf8)
    }

    private func repeated(_ unit: String, _ count: Int) -> [UInt8] {
        var bytes = Array(unit.utf8)
        while bytes.count < unit.utf8.count * count { bytes += bytes }
        return Array(bytes.prefix(unit.utf8.count * count))
    }

    private func error(_ text: [UInt8]) -> JSONError? {
        do throws(JSONError) {
            _ = try PayloadBlock(json: text, limits: Self.limits)
            return nil
        } catch {
            return error
        }
    }

    @Test("nesting ends at the limit", arguments: ["[", #"{"a":"#, "[[[[{\"a\":", " [ "])
    func nesting(_ unit: String) {
        let error = error(text("", unit, ""))
        #expect(error?.message == "more than 128 containers within one another")
    }

    @Test(
        "what is never closed is refused at the end",
        arguments: [
            ("\"", "x", "the string that begins here is not closed", 0),
            ("\"", "\\\\", "the string that begins here is not closed", 0),
            ("\"", "é", "the string that begins here is not closed", 0),
            ("[", "1,", "expected a value, found the end of the text", nil),
            ("[1", " ", "expected a comma or ']' after an element, found the end of the text", nil),
            ("", "\n", "expected a value, found the end of the text", nil),
            ("-", "0", "a number may not begin with 0", 0),
            ("1.", "0", "expected the end of the text, found 'x'", nil),
        ]
    )
    func unclosed(_ start: String, _ middle: String, _ message: String, _ offset: Int?) {
        let text = text(start, middle, message.hasSuffix("'x'") ? "x" : "")
        let error = error(text)
        #expect(error?.message == message)
        #expect(error?.offset == offset ?? (message.hasSuffix("'x'") ? text.count - 1 : text.count))
    }

    @Test("a place behind millions of lines is found")
    func lines() {
        let text = text("", "\n", "é x")
        let error = error(text)
        #expect(error?.line == Self.size + 1)
        #expect(error?.column == 1)
        #expect(error?.message == "expected a value, found the byte 0xC3")
    }

    @Test("long strings are read", arguments: ["x", #"\n"#, #"\u0041"#, "é", #"\ud83d\ude00"#, #"\\"#, "\u{7F}"])
    func strings(_ unit: String) throws {
        let block = try PayloadBlock(json: text("\"", unit, "\""), limits: Self.limits)
        let one = try PayloadBlock(json: "\"\(unit)\"").root
        let count = Self.size / unit.utf8.count
        #expect(unsafe block.root.unsafeText.count == count * one.unsafeText.count)
        #expect(refusal(of: memory(of: block), limits: BlockLimits(maxBytes: 1 << 30)) == nil)
        let printed = block.jsonBytes
        #expect(printed.count - 2 == count * (one.json.utf8.count - 2))
        #expect(try PayloadBlock(json: printed, limits: Self.limits) == block)
    }

    @Test("long numbers are read and converted")
    func numbers() throws {
        let long = try PayloadBlock(json: text("1", "0", ""), limits: Self.limits).root
        #expect(long.int64 == nil && long.double == nil)
        let one = try PayloadBlock(json: text("1.", "0", ""), limits: Self.limits).root
        #expect(one.int64 == 1 && one.double == 1)
        let third = try PayloadBlock(json: text("0.", "3", ""), limits: Self.limits).root
        #expect(third.int64 == nil && third.double == 1.0 / 3)
        let tiny = try PayloadBlock(json: text("0.", "0", "1e\(Self.size + 2)"), limits: Self.limits).root
        #expect(tiny.int64 == 10 && tiny.double == 10)
        let exponent = try PayloadBlock(json: text("1e", "9", ""), limits: Self.limits).root
        #expect(exponent.int64 == nil && exponent.double == nil)
    }

    @Test(
        "many small values are read and printed",
        arguments: [
            ("[", "1,", "1]"), ("[", "[],", "{}]"), ("[", "[1],", "1]"), ("[", "\"\",", "\"\"]"),
            ("[", "{\"\":0},", "1]"),
            ("[", "1.5,", "1]"), ("[", "null,", "1]"),
        ]
    )
    func many(_ start: String, _ middle: String, _ end: String) throws {
        let text = text(start, middle, end)
        let block = try PayloadBlock(json: text, limits: Self.limits)
        #expect(block.root.count == Self.size / middle.utf8.count + 1)
        #expect(block.size < 9 * text.count + 64)
        #expect(block.jsonBytes == text)
        #expect(refusalInPlace(of: memory(of: block), limits: BlockLimits(maxBytes: 1 << 30)) == nil)
    }

    @Test("an object of a million keys is read; a repeated one is found", arguments: ["", "the same long start "])
    func manyKeys(_ prefix: String) throws {
        let count = Self.size / 20
        let entries = (0..<count).map { "\"\(prefix)\($0)\":0" }.joined(separator: ",")
        let block = try PayloadBlock(json: "{\(entries)}", limits: Self.limits)
        #expect(block.root.count == count)
        #expect(block.root.object?["\(prefix)\(count - 1)"] == 0)
        let repeated = "{\(entries),\"\(prefix)7\":1}"
        let error = error(Array(repeated.utf8))
        #expect(error?.message == "duplicate key \"\(prefix)7\"")
        #expect(error?.offset == entries.utf8.count + 2)
    }

    @Test("objects of a few long, similar keys are read")
    func similarKeys() throws {
        let long = String(repeating: "k", count: 1000)
        let object = "{" + (10..<26).map { "\"\(long)\($0)\":0" }.joined(separator: ",") + "}"
        let text = text("[", object + ",", "0]")
        let block = try PayloadBlock(json: text, limits: Self.limits)
        #expect(block.root.count == Self.size / (object.utf8.count + 1) + 1)
        #expect(refusal(of: memory(of: block), limits: BlockLimits(maxBytes: 1 << 30)) == nil)
    }

    @Test("the default limits refuse before the work is done")
    func defaultLimits() {
        let tooLong = #expect(throws: JSONError.self) {
            try PayloadBlock(json: repeated("x", 16 << 20 + 1))
        }
        let expected = "line 1, column 1: the text has 16777217 bytes, more than the limit of 16777216"
        #expect(tooLong?.description == expected)
        let many = Array("[".utf8) + repeated("0,", (1 << 20) + 1)
        let error = #expect(throws: JSONError.self) { try PayloadBlock(json: many) }
        #expect(error?.message == "more than 1048576 values")
        #expect(error?.offset == 2 << 20 + 2)
    }
}
