import CanonicalHosts
import Testing

@Suite("Canonical hosts")
struct HostTests {
    private static func host(_ authority: String) throws -> String? {
        try ResourceURI("http://\(authority)/path").host(as: .whatwg)?.description
    }

    static let spellings: [(String, [String])] = [
        (
            "evil.com",
            [
                "evil.com", "EVIL.com", "evil.com:80", "evil.com:", "user@evil.com", "user:password@evil.com:8080",
                "good.com@evil.com", "a@b@evil.com", "good.com:80@evil.com", "evil.com.", "evil.com...", "evil%2ecom",
                "evil%2Ecom", "ev%69l.com", "%65%76%69%6c%2e%63%6f%6d", "evil.com%2e", "ｅｖｉｌ．ｃｏｍ", "ＥＶＩＬ.com",
                "evil。com", "evil｡com", "evil%E3%80%82com", "ⓔⓥⓘⓛ.com", "𝐞𝓿𝔦𝕝.𝚌𝗈𝖒", "🄴🅅🄸🄻.com", "ev\u{AD}il.com",
                "ev\u{200B}il.com", "ev\u{FE0F}il.com", "\u{FEFF}evil.com", "e\tv\ni\rl.com",
            ]
        ),
        (
            "127.0.0.1",
            [
                "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F.1", "0177.0.0.1",
                "017700000001", "0x7f.0.0.0x1", "0x0000000000007f.1", "127%2e0%2e0%2e1", "１２７.０.０.１", "①②⑦.0.0.1",
                "127。0。0。1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:FFFF:7F00:0001]", "[::127.0.0.1]",
                "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[::ffff:7f00:1%25lo]",
            ]
        ),
        (
            "xn--mnchen-3ya.de",
            [
                "münchen.de", "MÜNCHEN.de", "mu\u{308}nchen.de", "M%C3%BCnchen.de", "xn--mnchen-3ya.de",
                "XN--MNCHEN-3YA.DE", "ｘｎ--mnchen-3ya.de",
            ]
        ),
        ("xn--wgv71a119e.jp", ["日本語.jp", "日本語。ｊｐ", "xn--wgv71a119e.jp"]),
        ("xn--3e0b707e.kr", ["한국.kr", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}.kr"]),
        ("xn--strae-oqa.de", ["straße.de", "xn--strae-oqa.de"]),
        ("xn--i-7iq.ws", ["i❤.ws", "I❤\u{FE0F}.ws"]),
        ("::1", ["[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::0.0.0.1]"]),
        ("::", ["[::]", "[0::0]"]),
        ("fe80::1", ["[fe80::1%25eth0]", "[FE80:0::1%eth0]", "[fe80::1]:80"]),
        ("2001:db8::1:0:0:1", ["[2001:DB8:0:0:1:0:0:1]", "[2001:db8::1:0:0:1]"]),
        ("1:0:3:4:5:6:7:8", ["[1:0:3:4:5:6:7:8]", "[1::3:4:5:6:7:8]"]),
        ("my_host", ["my_host"]),
        ("1.2.3.4.com", ["1.2.3.4.com"]),
        ("0.0.0.0", ["0", "0x", "0.0", "0.0.0.0"]),
        ("255.255.255.255", ["4294967295", "255.16777215", "0xffffffff"]),
    ]

    @Test("every spelling of a host is that host", arguments: spellings)
    func spellingsAreOne(_ canonical: String, _ spellings: [String]) throws {
        for spelling in spellings {
            #expect(try Self.host(spelling) == canonical, "\(spelling)")
        }
    }

    @Test(
        "what cannot be a host is refused",
        arguments: [
            ":80", "user@", "user@:80", ".", "evil.com:x", "evil.com:65536", "evil.com:+80", "evil.com:80:80",
            "a b", "a%20b", "evil.com%00", "evil%252ecom", "evil%", "evil%zz", "evil.com%2f", "good.com%40evil.com",
            "good.com%3a80", "good.com／evil.com", "good.com＠evil.com", "evil<com", "evil|com", "evil*com", "%ff.com",
            "a..b", ".evil.com", "256.0.0.1", "1.2.3.4.5", "4294967296", "127.0.0.08", "1.2.3.0xg.4", "[::1", "[::1]x",
            "[]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1::2::3]", "[::12345]", "[::g]", "[::127.0.0.01]",
            "[::127.0.1]", "[::1.2.3.256]", "[::%65]x", "::1", "xn--.com", "xn--a.com", "xn--evil-.com", "xn--0.com",
            "xn--ü.com", "xn--MNCHEN-3ya9999999.de", "\u{301}a.com", "℀.com", "½.com", "µ.com", "ﬁ.com",
            "a\u{E000}.com",
            "evil․com", String(repeating: "a", count: 64) + ".com", String(repeating: "ü", count: 63),
            String(repeating: "a.", count: 127) + "a", "evil" + String(repeating: "\u{AD}", count: 1025) + ".com",
        ]
    )
    func refused(_ authority: String) {
        #expect(throws: URIProblem.self) { try Self.host(authority) }
    }

    @Test(
        "an encoded label has one spelling",
        arguments: [
            ("ü", "xn--tda"), ("Ü", "xn--wca"), ("u\u{308}", "xn--u-ccb"), ("ｅ", "xn--qi7c"),
            ("a\u{AD}b", "xn--ab-5da"),
        ]
    )
    func encodedOnce(_ text: String, _ label: String) throws {
        let canonical = try #require(try Self.host("ü"))
        #expect("xn--" + Punycode.encode(Array(text.unicodeScalars)) == label)
        if label == canonical {
            #expect(try Self.host(label) == canonical)
        } else {
            #expect(throws: URIProblem("\(label) encodes no label")) { try Self.host(label) }
        }
    }
}
