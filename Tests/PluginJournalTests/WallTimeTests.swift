import PluginJournal
import Testing

@Suite("Times that operators read")
struct WallTimeTests {
    @Test(
        "are written in UTC, and read back",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_800_000_005, "2027-01-15T08:00:05Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(Int64, String)]
    )
    func roundTrip(seconds: Int64, text: String) {
        #expect(WallTime(seconds: seconds).description == text)
        #expect(WallTime(text)?.seconds == seconds)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "2027-01-15", "2027-01-15 08:00:05Z", "2027-01-15T08:00:05", "2027-02-30T08:00:05Z",
            "2027-01-15T24:00:00Z", "2027-13-15T08:00:05Z", "-027-01-15T08:00:05Z", "1969-12-31T23:59:59Z",
            "2027-01-15T08:00:05ZZ", "2027-01-15T08:00:0éZ",
        ]
    )
    func refused(text: String) {
        #expect(WallTime(text) == nil)
    }

    @Test("keep to the years that can be written", arguments: [(-5, 0), (.max, 253_402_300_799)] as [(Int64, Int64)])
    func clamped(given: Int64, kept: Int64) {
        #expect(WallTime(seconds: given).seconds == kept)
    }
}
