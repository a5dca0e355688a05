import GatewayApp
import GatewayHTTP
import Logging
import PluginPayloads
import Testing

@Suite("A line of the log")
struct LogFormatterTests {
    private static func text(_ line: LogLine, _ format: LogFormat, colour: Bool = false) -> String {
        var text = ""
        LogFormatter(format: format, usesColour: colour).append(line, to: &text)
        return text
    }

    /// The line as JSON, without the time, which has to come first.
    private static func json(_ line: LogLine) throws -> String {
        let text = text(line, .json)
        #expect(text.hasSuffix("}\n"))
        let time = try #require(try JSONValue(json: text)["time"]?.string)
        #expect(time.utf8.count == 24 && time.hasSuffix("Z"))
        #expect(text.hasPrefix("{\"time\":\"\(time)\","))
        return "{" + text.dropFirst("{\"time\":\"\(time)\",".count).dropLast()
    }

    /// The line as text, without the time of day, which has to come first.
    private static func plain(_ line: LogLine, colour: Bool = false) -> String {
        let text = text(line, .text, colour: colour)
        let digits = text.prefix(13).map { $0.isNumber ? "0" : String($0) }.joined()
        #expect(digits == "00:00:00.000 ")
        #expect(text.hasSuffix("\n"))
        return String(text.dropFirst(13).dropLast())
    }

    private static let message = LogLine(
        level: .warning,
        message: "it \"broke\"",
        metadata: [
            "reason": "line 1\nline 2", "b": ["x", "y"], "a": .stringConvertible(7), "time": "never", "z": ["k": "v"],
        ]
    )

    private static func access(_ path: String, bytes: Int? = 15, plugin: String? = nil) -> LogLine {
        LogLine(
            AccessEntry(
                requestID: "7f",
                method: "POST",
                path: path,
                status: 422,
                bytes: bytes,
                nanoseconds: 1_234_567,
                plugin: plugin
            )
        )
    }

    @Test("is one object, with what it carries in the order of the names; nothing of it hides time or level")
    func jsonMessage() throws {
        #expect(
            try Self.json(Self.message)
                == #"{"level":"warning","message":"it \"broke\"","a":"7","b":["x","y"],"reason":"line 1\nline 2","#
                + #""z":{"k":"v"}}"#
        )
    }

    @Test("tells of a request without what it held")
    func jsonAccess() throws {
        #expect(
            try Self.json(Self.access("/prompts/a \"b\"\n"))
                == #"{"level":"info","message":"request","request_id":"7f","method":"POST","#
                + #""path":"/prompts/a \"b\"\n","status":422,"bytes":15,"microseconds":1234}"#
        )
        #expect(
            try Self.json(Self.access("/", bytes: nil, plugin: "Deny"))
                == #"{"level":"info","message":"request","request_id":"7f","method":"POST","path":"/","status":422,"#
                + #""microseconds":1234,"plugin":"Deny"}"#
        )
    }

    @Test("is text for people, one line whatever it carries")
    func text() {
        #expect(
            Self.plain(Self.message)
                == #"warning  it "broke" a=7 b="[\"x\", \"y\"]" reason="line 1\nline 2" time=never z="[\"k\": \"v\"]""#
        )
        #expect(
            Self.plain(Self.access("/a b", plugin: "My Deny"))
                == #"info     POST "/a b" 422 1234µs id=7f plugin="My Deny""#
        )
        #expect(Self.plain(Self.access("/x")) == "info     POST /x 422 1234µs id=7f")
    }

    @Test(
        "has a colour by its level",
        arguments: [
            (Logger.Level.critical, "\u{1B}[31mcritical\u{1B}[0m x"), (.error, "\u{1B}[31merror\u{1B}[0m    x"),
            (.warning, "\u{1B}[33mwarning\u{1B}[0m  x"), (.notice, "\u{1B}[32mnotice\u{1B}[0m   x"),
            (.info, "\u{1B}[32minfo\u{1B}[0m     x"), (.debug, "\u{1B}[2mdebug\u{1B}[0m    x"),
            (.trace, "\u{1B}[2mtrace\u{1B}[0m    x"),
        ]
    )
    func colours(level: Logger.Level, text: String) {
        #expect(Self.plain(LogLine(level: level, message: "x", metadata: [:]), colour: true) == text)
    }
}
