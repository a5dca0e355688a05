import CanonicalHosts
import Testing

@Suite("Letters of all scripts")
struct LetterTests {
    @Test(
        "Punycode of RFC 3492, section 7.1, in both directions",
        arguments: [
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"),
            ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
            ("hello-another-way-それぞれの場所", "hello-another-way--fc4qua05auwb3674vfr0b"),
            ("そのスピードで", "d9juau41awczczp"),
            ("𐍈", "2c8c"), ("ü", "tda"), ("a-ü", "a--yka"),
        ]
    )
    func punycode(_ text: String, _ encoded: String) {
        let label = Array(text.unicodeScalars)
        #expect(Punycode.encode(label) == encoded)
        #expect(Punycode.decode(encoded) == label)
    }

    @Test(
        "what is no Punycode decodes to nothing",
        arguments: ["!", "ü", "z", "zzzzzzzzzzzzzzz", "99999999", "999999b", "a-99999", "--999999999"]
    )
    func noPunycode(_ text: String) {
        #expect(Punycode.decode(text) == nil)
    }

    @Test("a letter and its mark are the letter that is both, as the standard library sees it")
    func compositionTable() {
        #expect(CompositionTable.pairs.count == 543)
        for (whole, (base, mark)) in CompositionTable.pairs {
            #expect(String(Character(whole)) == String(String.UnicodeScalarView([base, mark])))
            #expect(Composition.composed([base, mark]) == [whole])
        }
    }

    @Test(
        "marks reach their letter in any order",
        arguments: [
            ("e\u{302}\u{323}", "ệ"), ("e\u{323}\u{302}", "ệ"), ("ê\u{323}", "ệ"), ("ü\u{323}", "ụ\u{308}"),
            ("u\u{308}\u{304}", "ǖ"), ("u\u{304}\u{308}", "ṻ"), ("a\u{308}\u{308}", "ä\u{308}"),
            ("q\u{308}", "q\u{308}"),
            ("a\u{5D0}\u{308}", "a\u{5D0}\u{308}"), ("\u{308}a", "\u{308}a"), ("한", "한"),
            ("\u{1112}\u{1161}\u{11AB}", "한"), ("하\u{11AB}", "한"), ("한\u{11AB}", "한\u{11AB}"), ("か\u{3099}", "が"),
        ]
    )
    func composition(_ text: String, _ composed: String) {
        #expect(Composition.composed(Array(text.unicodeScalars)) == Array(composed.unicodeScalars))
    }

    @Test("every syllable of Korean is its parts")
    func hangul() {
        for value in UInt32(0xAC00)...0xD7A3 {
            guard let syllable = Unicode.Scalar(value) else { continue }
            #expect(Composition.composed([syllable]) == [syllable])
        }
    }
}
