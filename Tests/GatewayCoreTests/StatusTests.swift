import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

@Suite("The report of a reload")
struct ReloadReportTests {
    private static let report = ReloadReport(
        sequence: 3,
        covers: 7,
        isAccepted: false,
        at: "2026-01-31T12:34:56.789Z",
        errors: ["a.yaml:1:2: error: x", "é\n"]
    )
    private static let text =
        #"{"sequence":3,"covers":7,"ok":false,"at":"2026-01-31T12:34:56.789Z","#
        + #""errors":["a.yaml:1:2: error: x","é\n"]}"#

    @Test("is read as it was written")
    func roundTrip() throws {
        #expect(JSONValue.object(Self.report.object).description == Self.text)
        #expect(ReloadReport(try JSONValue(json: Self.text)) == Self.report)
    }

    @Test(
        "is nothing else",
        arguments: ["null", "[]", "{}", #"{"sequence":3,"covers":7,"ok":1,"at":"x","errors":[]}"#]
    )
    func nothingElse(json: String) throws {
        #expect(ReloadReport(try JSONValue(json: json)) == nil)
    }

    @Test("is a part of what /ready answers")
    func readiness() {
        var readiness = Readiness(isReady: false, generation: 2, degraded: ["a"], lastReload: Self.report)
        let start = #"{"ready":false,"generation":2,"degraded":["a"],"last_reload":"#
        #expect(JSONValue.object(readiness.object).description == start + Self.text + "}")
        readiness.lastReload = nil
        #expect(JSONValue.object(readiness.object).description == start + "null}")
    }
}

@Suite("What the gateway makes up")
struct IdentifierTests {
    @Test("identifiers are 32 hexadecimal digits, and differ")
    func identifiers() {
        let made = (0..<1_000).map { _ in Identifier.random() }
        #expect(made.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy { "0123456789abcdef".contains($0) } })
        #expect(Set(made).count == 1_000)
    }

    @Test("times are in UTC, with milliseconds, and never go back")
    func times() {
        let made = (0..<1_000).map { _ in Timestamp.now.text }
        #expect(made.allSatisfy { $0.isTime })
        #expect(made == made.sorted())
    }
}
