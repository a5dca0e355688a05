import GatewayApp
import GatewayCore
import TestSupport
import Testing

@Suite("The record of reloads")
struct ReloadRecordTests {
    private static let report = ReloadReport(
        sequence: 2,
        covers: 5,
        isAccepted: true,
        at: "2026-01-31T12:34:56.789Z",
        errors: ["é"]
    )

    @Test("is read as it was written", arguments: [nil, report])
    func roundTrip(last: ReloadReport?) throws {
        let directory = try TemporaryDirectory()
        let record = ReloadRecord(process: 42, received: 7, last: last)
        try record.write(to: directory("reload.json"))
        #expect(ReloadRecord(path: directory("reload.json")) == record)
        let report =
            last == nil
            ? "null" : #"{"sequence":2,"covers":5,"ok":true,"at":"2026-01-31T12:34:56.789Z","errors":["é"]}"#
        let text = try Files.readText(directory("reload.json"))
        #expect(text == "{\"pid\":42,\"received\":7,\"last_reload\":\(report)}\n")
        #expect(try Files.names(in: directory.path) == ["reload.json"])
    }

    @Test("is nothing when there is no file, or another", arguments: [nil, "", "{}", "[1", #"{"pid": 1}"#])
    func nothing(text: String?) throws {
        let directory = try TemporaryDirectory()
        if let text { try directory.write(text, to: "reload.json") }
        #expect(ReloadRecord(path: directory("reload.json")) == nil)
    }
}
