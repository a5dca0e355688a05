import PluginPayloads
import PluginTestKit
import ResourceFilter
import Testing

@Suite("The configuration of the resource filter")
struct ConfigurationTests {
    @Test(
        "what cannot be meant is refused, and pointed at",
        arguments: [
            (["max_content_size": -1], "/max_content_size", "-1 is negative; give a number of bytes"),
            (["max_content_size": "1 MB"], "/max_content_size", nil),
            (["max_content_size": 1.5], "/max_content_size", nil),
            (["allowed_protocols": "http"], "/allowed_protocols", nil),
            (["allowed_protocols": ["http", 1]], "/allowed_protocols/1", nil),
            (
                ["allowed_protocols": ["http://"]], "/allowed_protocols/0",
                "\"http://\" is no protocol; write its name alone, such as https"
            ),
            (["blocked_domains": "evil.com"], "/blocked_domains", nil),
            (["blocked_domains": ["a.com", nil]], "/blocked_domains/1", nil),
            (["blocked_domains": ["a.com", ""]], "/blocked_domains/1", "\"\" is no domain: the host is empty"),
            (
                ["blocked_domains": ["http://evil.com/"]], "/blocked_domains/0",
                "\"http://evil.com/\" is no domain: it is more than a host; "
                    + "write that alone, such as evil.com or 127.0.0.1"
            ),
            (
                ["blocked_domains": ["straße.de"]], "/blocked_domains/0",
                "\"straße.de\" is no domain: some clients read xn--strae-oqa.de, others strasse.de; "
                    + "write the one that is meant"
            ),
            (["content_filters": [:]], "/content_filters", nil),
            (["content_filters": [["replacement": "x"]]], "/content_filters/0", nil),
            (["content_filters": [["pattern": 1]]], "/content_filters/0/pattern", nil),
        ] as [(JSONObject, String, String?)]
    )
    func refused(_ configuration: JSONObject, _ pointer: String, _ message: String?) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(ResourceFilter.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
        if let message { #expect(error?.problems.map(\.message) == [message]) }
    }

    @Test("a filter that is no expression is skipped, and named by its place")
    func invalidFilterIsSkipped() async throws {
        let harness = try PluginHarness(
            ResourceFilter.self,
            configuration: [
                "content_filters": [
                    ["pattern": "("], ["pattern": "a"], ["pattern": ""], ["pattern": "b", "replacement": #"\1"#],
                ]
            ]
        )
        #expect(harness.problems.map(\.pointer) == ["/content_filters/0", "/content_filters/2", "/content_filters/3"])
        #expect(harness.problems.map(\.severity) == [.warning, .warning, .warning])
        #expect(
            zip(harness.problems, [1, 3, 4]).allSatisfy { $0.message.hasPrefix("filter \($1) is skipped: invalid ") }
        )
        let request = HarnessRequest()
        _ = try await harness.invoke("resource_pre_fetch", payload: ["uri": "file:///a"], request: request)
        let payload: JSONObject = ["uri": "file:///a", "content": "A(b"]
        let result = try await harness.invoke("resource_post_fetch", payload: payload, request: request)
        #expect(result.modified == ["content": "***(b"])
    }

    @Test("a key that is none is reported")
    func unknownKey() throws {
        let harness = try PluginHarness(ResourceFilter.self, configuration: ["blocked_domain": ["evil.com"]])
        #expect(harness.problems.map(\.pointer) == ["/blocked_domain"])
    }

    @Test("the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            ResourceFilter.self,
            samples: [
                "resource_pre_fetch": ["uri": "http://good.com/", "metadata": [:]],
                "resource_post_fetch": ["uri": "http://good.com/", "content": ["text": "a"]],
            ]
        )
        #expect(await suite.run() == [])
    }
}
