import PIIFilter
import PluginPayloads
import PluginText
import Testing

/// Searching the sites that one look at a text names finds all that searching the whole text for every rule finds.
@Suite("The quick scan")
struct QuickScanTests {
    /// What the text of a case is put together of: everything that rules look at, and what lies between.
    private static let pieces =
        [
            "SSN", "Social Security Number", "BSN", "citizen id", "Account", "acct no.", "bank_account", "passport",
            "Passport No", "DL", "license", "MRN", "medical record", "DOB", "born", "date of birth", " is ", " on ",
            " number", "api_key", "AKIA", "IBAN",
            ": ", "\": \"", "#", "=", " ", " ", " ", "-", "-", ".", "/", "(", ")", ") ", "+", ", ", ":", "@", "_", "*",
            "***", "***-**-", "*****", "\n", "\t", "'",
            "0", "1", "5", "12", "31", "55", "90", "123", "456", "555", "666", "4567", "6789", "1990", "2024", "4111",
            "55512", "123456", "1234567", "12345678", "123456789", "5551234567", "4111111111111111",
            "20250324123045", "378282246310005", "00000000000000000000000000000000000000000000",
            "123-45-6789", "555-123-4567", "(555) 123-4567", "+353871234567", "+44 20 7946 0958", "192.168.1.1",
            "4111-1111-1111-1111", "01/15/1990", "1/5/90", "2024-01-15", "2001:db8:1:2:3:4:5:6", "ab:cd:ef:01:23",
            "GB29NWBK6016133", "DE89370400440532013000", "AB123456", "D1234567", "12ab34cd", "e29b", "v1.2.3",
            "550e8400-e29b-41d4-a716-446655440000", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "john@example.com", "j***n@example.com", "jo@x.com", "a.b", "example.com", ".com", "x", "abc", "Smith",
            "é", "josé", "漢", "ſ", "K", "👩‍👩‍👧", "。", "\u{A0}", "[REDACTED]", "[HASH:be4c672612345678]",
        ]

    private static func text(_ generator: inout SplitMix) -> String {
        (0..<Int.random(in: 1...14, using: &generator)).reduce(into: "") { text, _ in
            text += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }
    }

    @Test("finds what a search for every rule in the whole text finds", arguments: 0..<8)
    func findsAll(_ seed: Int) throws {
        let configuration: JSONObject = ["detect_aws_keys": true, "detect_api_keys": true]
        let detector = try Detector(PayloadBlock(configuration).decode(PIIFilterConfiguration.self))
        let scratch = MatchScratch()
        var generator = SplitMix(state: UInt64(seed))
        var total = 0
        for _ in 0..<20_000 {
            let text = Self.text(&generator)
            let quick = try detector.findings(in: text.utf8Span, using: scratch)
            var whole = TextSpans<Finding>()
            try detector.search(.whole(text.utf8.count), in: text.utf8Span, &whole, scratch)
            try #require(Self.places(quick) == Self.places(whole), "\(text.debugDescription)")
            total += whole.resolved.count
        }
        // The texts are worth something only if rules find much in them.
        #expect(total > 4_000)
    }

    private static func places(_ spans: TextSpans<Finding>) -> [String] {
        spans.resolved.map { "\($0.tag.type.name) \($0.range)" }
    }

    @Test("names no site in prose, nor in numbers that are only years, times and prices")
    func prose() {
        let text =
            "In 2024, at 14:30, the 12 members of v2.10.3 met? $1,299.50 (3.5 %) on 2025-03-24 12:30:45; e.g. x < 4 > 2"
        var sites: [Site] = []
        SiteScan.forEachSite(in: text.utf8Span.span) { sites.append($0) }
        #expect(sites == [])
    }
}

/// Random numbers that are the same in each run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
