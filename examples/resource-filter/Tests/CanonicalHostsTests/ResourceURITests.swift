import CanonicalHosts
import Testing

@Suite("URIs")
struct ResourceURITests {
    @Test(
        "the scheme is read as clients do",
        arguments: [
            ("http://a", "http"), ("HTTP://a", "http"), ("  http://a", "http"), ("ht\ttp://a", "http"),
            ("\u{1}http://a", "http"), ("git+ssh://a", "git+ssh"), ("a.b-c:x", "a.b-c"), ("urn:isbn:1", "urn"),
        ]
    )
    func scheme(_ text: String, _ scheme: String) throws {
        #expect(try ResourceURI(text).scheme == scheme)
    }

    @Test(
        "without a scheme there is no URI",
        arguments: [
            "", " ", "not-a-valid-uri", "//evil.com", "/path", ":", "://evil.com", "1http://a", "+a://a", "ht tp://a",
            "héttp://a", "li\u{212A}e://a", "\u{A0}http://a", "http%3a//evil.com", "path/x:y", "{http}://a",
        ]
    )
    func noScheme(_ text: String) {
        #expect(throws: URIProblem.self) { try ResourceURI(text) }
    }

    @Test(
        "who reads slashes leniently finds a host where others find none, or another",
        arguments: [
            // whatwg, rfc3986; nil: no host, "": refused
            ("http://a/b", "a", "a"), ("http://a", "a", "a"), ("http://a?b@c", "a", "a"), ("http://a#b@c", "a", "a"),
            ("http:a", "a", ""), ("http:/a", "a", ""), ("http:///a", "a", ""), ("http:\\\\a", "a", ""),
            ("http:/\\a\\b", "a", ""), ("http://a\\@b", "a", "b"), ("http://a\\.b", "a", ""),
            ("http://a/b\\c", "a", "a"),
            ("http://a\t.b", "a.b", ""), ("http://a\n/", "a", ""), ("http://a/\r\nHost: b", "a", ""),
            ("\u{0}http://a", "a", ""), (" http://a ", "a", "a"), ("http://b@c@a", "a", ""),
            ("http://010.1", "8.0.0.1", ""),
            ("http://ß", "xn--zca", "ss"), ("http://ẞ", "xn--zca", "ss"), ("http://ς", "xn--3xa", "xn--4xa"),
            ("http://e\u{200D}vil", "xn--evil-576a", "evil"), ("http://", "", ""), ("http:", "", ""),
            ("file:///a", nil, nil), ("file:/a", nil, nil), ("file:a", nil, nil), ("file:///", nil, nil),
            ("file://a/b", "a", "a"), ("file:\\\\a\\b", "a", nil), ("file:////a/b", "a", nil),
            ("file:///C:/b", nil, nil),
            ("memo://a/b", "a", "a"), ("memo:///a", nil, nil), ("memo:a", nil, nil), ("memo:\\\\a", nil, nil),
            ("memo://a%2eb/", "a.b", "a.b"), ("memo://a b/", "", ""), ("mailto:a@b", nil, nil),
        ] as [(String, String?, String?)]
    )
    func hosts(_ text: String, _ lenient: String?, _ strict: String?) throws {
        let uri = try ResourceURI(text)
        for (reading, expected) in [(URIReading.whatwg, lenient), (.rfc3986, strict)] {
            if expected == "" {
                #expect(throws: URIProblem.self, "\(reading)") { try uri.host(as: reading) }
            } else {
                #expect(try uri.host(as: reading)?.description == expected, "\(reading)")
            }
        }
    }
}
