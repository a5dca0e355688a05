import PluginPayloads
import PluginTestKit
import ResourceFilter
import Testing

@Suite("Before a resource is fetched")
struct PreFetchTests {
    private static let configuration: JSONObject = [
        "max_content_size": 1000, "allowed_protocols": ["HTTP", "https", "file", "memo"],
        "blocked_domains": ["evil.com", "127.0.0.1", "münchen.de"],
    ]

    private func check(_ uri: String) async throws -> HarnessResult {
        let harness = try PluginHarness(ResourceFilter.self, configuration: Self.configuration)
        return try await harness.invoke("resource_pre_fetch", payload: ["uri": .string(uri)])
    }

    @Test(
        "a blocked host is blocked in every spelling",
        arguments: [
            ("http://evil.com/", "evil.com"), ("http://EVIL.COM/", "evil.com"),
            ("https://subdomain.evil.com/", "subdomain.evil.com"), ("http://good.com@evil.com/", "evil.com"),
            ("http://evil.com:8080/", "evil.com"), ("http://evil.com./", "evil.com"),
            ("http://evil%2ecom/", "evil.com"),
            ("http://ev%69l.com/", "evil.com"), ("http://good.com\\@evil.com/", "evil.com"),
            ("http:evil.com", "evil.com"), ("file://evil.com/share", "evil.com"), ("memo://evil.com/1", "evil.com"),
            ("http://2130706433/", "127.0.0.1"), ("http://0x7f000001/", "127.0.0.1"),
            ("http://0177.0.0.1/", "127.0.0.1"), ("http://127.1/", "127.0.0.1"),
            ("http://[::ffff:7f00:1]/", "127.0.0.1"), ("http://xn--mnchen-3ya.de/", "xn--mnchen-3ya.de"),
            ("http://MU\u{308}NCHEN.de/", "xn--mnchen-3ya.de"),
        ]
    )
    func domainBlocked(_ uri: String, _ domain: String) async throws {
        let violation = PluginViolation(
            reason: "Domain is blocked",
            description: "Domain '\(domain)' is blocked",
            code: "DOMAIN_BLOCKED",
            details: ["uri": .string(uri), "domain": .string(domain)]
        )
        #expect(try await check(uri) == HarnessResult(continueProcessing: false, violation: violation))
    }

    @Test(
        "another protocol is blocked, whatever its host",
        arguments: [
            ("ftp://good.com/", "ftp"), ("FTP://evil.com/", "ftp"), ("gopher://good\\com", "gopher"),
            ("java\tscript:alert(1)", "javascript"), ("data:text/plain,a", "data"), ("https+unix://x", "https+unix"),
        ]
    )
    func protocolBlocked(_ uri: String, _ scheme: String) async throws {
        let violation = PluginViolation(
            reason: "Protocol not allowed",
            description: "Protocol '\(scheme)' is not among the allowed ones",
            code: "PROTOCOL_BLOCKED",
            details: [
                "uri": .string(uri), "protocol": .string(scheme), "allowed": ["http", "https", "file", "memo"],
            ]
        )
        #expect(try await check(uri) == HarnessResult(continueProcessing: false, violation: violation))
    }

    @Test(
        "what cannot be understood is blocked",
        arguments: [
            ("not-a-valid-uri", "it has no scheme"), ("", "it has no scheme"),
            ("/etc/passwd:0", "it does not begin with a scheme"), ("http://", "it has no host"),
            ("http://good.com:port/", "what follows the host is no port"),
            ("http://256.1.1.1/", "256 is no number of an IPv4 address"),
            ("http://go\tod.com/", "it holds a control character"), ("https:good.com", "it has no host"),
            ("http://go od.com/", "the host holds U+0020"), ("memo://a b/", "the host holds U+0020"),
        ]
    )
    func invalidURI(_ uri: String, _ problem: String) async throws {
        let violation = PluginViolation(
            reason: "Invalid URI",
            description: "The URI cannot be understood: \(problem)",
            code: "INVALID_URI",
            details: ["uri": .string(uri)]
        )
        #expect(try await check(uri) == HarnessResult(continueProcessing: false, violation: violation))
    }

    @Test(
        "anything else passes",
        arguments: [
            ("http://notevil.com/", "http"), ("HTTPS://evil.com.attacker.net/a b", "https"),
            ("http://good.com/evil.com?evil.com#@evil.com", "http"), ("http://user:password@good.com:8080/", "http"),
            ("file:///etc/hosts", "file"), ("memo://insights", "memo"), ("memo:evil.com", "memo"),
            ("http://127.0.0.2/", "http"), ("http://bücher.de/", "http"),
        ]
    )
    func passes(_ uri: String, _ scheme: String) async throws {
        let harness = try PluginHarness(ResourceFilter.self, configuration: Self.configuration)
        let request = HarnessRequest(RequestIdentity(requestID: "r7", user: ["email": "ada@example.com"]))
        let result = try await harness.invoke(
            "resource_pre_fetch",
            payload: ["uri": .string(uri), "metadata": ["size": .number("1.10"), "validated": "no"]],
            request: request
        )
        let metadata: JSONValue = [
            "size": .number("1.10"), "validated": true, "protocol": .string(scheme), "request_id": "r7",
            "user": ["email": "ada@example.com"], "resource_filter_plugin": "pre_fetch_validated", "allowed_size": 1000,
        ]
        #expect(result == HarnessResult(modified: ["metadata": metadata], metadata: ["validation": "passed"]))
        #expect(request.state(of: "resource_filter") == ["uri_validated": true, "original_uri": .string(uri)])
    }

    @Test(
        "metadata may be absent or null, and the user unknown",
        arguments: [["uri": "file:///a"], ["uri": "file:///a", "metadata": nil]] as [JSONObject]
    )
    func withoutMetadata(_ payload: JSONObject) async throws {
        let harness = try PluginHarness(ResourceFilter.self)
        let result = try await harness.invoke("resource_pre_fetch", payload: payload)
        let metadata: JSONValue = [
            "validated": true, "protocol": "file", "request_id": "request-1", "user": nil,
            "resource_filter_plugin": "pre_fetch_validated", "allowed_size": 1_048_576,
        ]
        #expect(result == HarnessResult(modified: ["metadata": metadata], metadata: ["validation": "passed"]))
    }

    @Test("by default files and web pages may be fetched, and nothing else")
    func defaults() async throws {
        let harness = try PluginHarness(ResourceFilter.self)
        for (uri, code) in [
            ("file:///a", nil), ("http://127.0.0.1/", nil), ("https://a.b/", nil), ("ftp://a.b/", "PROTOCOL_BLOCKED"),
        ] as [(JSONValue, String?)] {
            let result = try await harness.invoke("resource_pre_fetch", payload: ["uri": uri])
            #expect(result.violation?.code == code)
        }
    }
}
