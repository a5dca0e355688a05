import CanonicalHosts
import Testing

@Suite("Blocked hosts")
struct BlockedHostsTests {
    private static func block(_ entries: [String], _ uri: String) throws -> String? {
        var hosts = BlockedHosts()
        for entry in entries { try hosts.insert(entry) }
        return try hosts.host(blocking: ResourceURI(uri))?.description
    }

    static let entries: [(String, blocked: [String: String], free: [String])] = [
        (
            "evil.com",
            blocked: [
                "http://evil.com": "evil.com", "http://a.b.EVIL.com/": "a.b.evil.com", "ftp://evil.com": "evil.com",
                "gopher://x@evil%2ecom:70/": "evil.com", "file://evil.com/share": "evil.com",
                "file:////evil.com/share": "evil.com", "http:evil.com": "evil.com", "http:\\\\evil.com": "evil.com",
                "http:///evil.com": "evil.com", "http://good.com\\@evil.com/": "evil.com",
                "http://evil.com\\@good.com/": "evil.com", "http://evil.com\\.good.com/": "evil.com",
                "http://ev\til.com/": "evil.com", "http://e\u{200D}vil.com/": "evil.com",
                "http://a@good.com@evil.com": "evil.com", "http://www.ⓔvil.com": "www.evil.com",
            ],
            free: [
                "http://notevil.com/", "http://evil.com.attacker.net", "http://evil.co", "http://com/evil.com",
                "http://good.com/?evil.com", "http://good.com/@evil.com", "http://evil.com@good.com",
                "http://evil-com/",
                "http://xn--vil-qdd.com", "http://еvil.com", "file:///evil.com", "urn:evil.com", "mailto:ada@evil.com",
            ]
        ),
        ("evil.com:8443", blocked: ["http://evil.com": "evil.com", "https://evil.com:1": "evil.com"], free: []),
        ("EVIL%2ecom.", blocked: ["http://evil.com": "evil.com"], free: []),
        (
            "*.evil.com", blocked: ["http://evil.com": "evil.com", "http://a.evil.com": "a.evil.com"],
            free: ["http://aevil.com"]
        ),
        (
            "münchen.de",
            blocked: [
                "http://xn--mnchen-3ya.de": "xn--mnchen-3ya.de", "http://www.MÜNCHEN.de": "www.xn--mnchen-3ya.de",
            ],
            free: ["http://munchen.de", "http://muenchen.de"]
        ),
        ("xn--mnchen-3ya.de", blocked: ["http://münchen.de": "xn--mnchen-3ya.de"], free: []),
        ("ss.de", blocked: ["http://ß.de": "ss.de", "http://ẞ.de": "ss.de"], free: ["http://xn--zca.de"]),
        (
            "127.0.0.1",
            blocked: [
                "http://2130706433": "127.0.0.1", "http://0177.0.0.1": "127.0.0.1",
                "http://[::ffff:7f00:1]": "127.0.0.1",
            ],
            free: ["http://127.0.0.2", "http://2130706434", "http://[::1]", "http://127.0.0.1.com", "http://localhost"]
        ),
        ("0x7f.1", blocked: ["http://127.0.0.1": "127.0.0.1"], free: []),
        ("[::ffff:127.0.0.1]:80", blocked: ["http://127.1": "127.0.0.1"], free: []),
        ("::1", blocked: ["http://[0::1%25lo]:80/": "::1"], free: ["http://[::2]", "http://0.0.0.1"]),
        ("[2001:DB8::1]", blocked: ["http://[2001:db8:0:0::1]": "2001:db8::1"], free: ["http://[2001:db8::2]"]),
        ("localhost", blocked: ["http://LOCALHOST.:80": "localhost", "http://a.localhost": "a.localhost"], free: []),
    ]

    @Test("an entry blocks a host and all below it, and no other", arguments: entries)
    func blocks(_ entry: String, _ blocked: [String: String], _ free: [String]) throws {
        for (uri, host) in blocked { #expect(try Self.block([entry], uri) == host, "\(uri)") }
        for uri in free { #expect(try Self.block([entry], uri) == nil, "\(uri)") }
    }

    @Test(
        "a URI that clients read as different hosts is refused, whatever is blocked",
        arguments: [
            "http://good.com\\@other.com/", "http:good.com", "http:/good.com", "http:\\\\good.com",
            "http://go\tod.com/",
            "http://good.com/a\nb", "http://good.com/\u{7F}", "http://a@b@good.com/", "http://010.0.0.1/",
            "http://fuß.de", "http://go\u{200C}od.com/", "file:////good.com/share", "file:\\\\good.com\\share",
        ]
    )
    func ambiguous(_ uri: String) {
        #expect(throws: URIProblem.self) { try Self.block(["evil.com"], uri) }
        #expect(throws: URIProblem.self) { try Self.block([], uri) }
    }

    @Test("the refusal names both hosts")
    func ambiguityIsExplained() {
        #expect(throws: URIProblem("some clients read xn--fu-hia.de, others fuss.de; write the one that is meant")) {
            try Self.block([], "http://fuß.de")
        }
        #expect(throws: URIProblem("some clients read good.com, others no host; write the one that is meant")) {
            try Self.block([], "file:////good.com/share")
        }
    }

    @Test(
        "an entry that is no host is refused",
        arguments: [
            "", " ", "*", "*.", ".", ":80", "http://evil.com", "evil.com/path", "user@evil.com", "10.0.0.0/8",
            "evil com",
            "evil.com:http", "[::1", "::g", "a:b:c", "010.0.0.1", "straße.de", "*.*.evil.com", "1.2.3.4.5",
            "evil.com\\",
        ]
    )
    func noEntry(_ entry: String) {
        var hosts = BlockedHosts()
        #expect(throws: URIProblem.self) { try hosts.insert(entry) }
    }
}
