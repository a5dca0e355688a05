import SecretsDetector
import Testing

@Suite("The search for markers")
struct MarkerSearchTests {
    @Test(
        "tells the sets with a word in the text, whatever its case",
        arguments: [
            ("", 0), ("nothing", 0), ("a key", 0b001), ("A KEYRING", 0b011), ("monkey", 0b001), ("he", 0),
            ("she", 0b100),
            ("ushers, keyrings", 0b111), ("kekey", 0b001), ("keyrin\u{301}g", 0b001), ("ke y", 0), ("ſhe", 0),
        ]
    )
    func findsWords(_ text: String, _ expected: UInt32) {
        let search = MarkerSearch([["key"], ["keyring", "ring"], ["she", "hers"]])
        #expect(search.sets(foundIn: text.utf8Span.span) == expected)
    }

    @Test("finds what a search for each word finds, in random texts", arguments: 0..<4)
    func agreesWithSimpleSearch(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        func text(_ length: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: length, using: &generator)).map { _ in "ab_".randomElement(using: &generator) ?? "a"
                }
            )
        }
        for _ in 0..<2_000 {
            let sets = (0..<4).map { _ in (0..<3).map { _ in text(1...4) } }
            let search = MarkerSearch(sets)
            let place = text(0...12)
            let expected = sets.enumerated().reduce(UInt32(0)) { bits, set in
                set.element.contains { place.contains($0) } ? bits | 1 << UInt32(set.offset) : bits
            }
            #expect(search.sets(foundIn: place.utf8Span.span) == expected, "\(sets) in \(place)")
        }
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
