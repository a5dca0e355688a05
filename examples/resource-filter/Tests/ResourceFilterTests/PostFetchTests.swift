import PluginPayloads
import PluginTestKit
import ResourceFilter
import Testing

@Suite("After a resource was fetched")
struct PostFetchTests {
    private static let filters: JSONValue = [
        ["pattern": #"password:\s*\S+"#, "replacement": "password: [REDACTED]"],
        ["pattern": #"(key)=\w+"#, "replacement": #"\1=?"#], ["pattern": #"\?"#],
    ]

    /// Calls both hooks for one request.
    private func fetch(
        _ content: JSONValue,
        _ configuration: JSONObject,
        uri: JSONValue = "file:///a"
    ) async throws -> HarnessResult {
        let harness = try PluginHarness(ResourceFilter.self, configuration: configuration)
        let request = HarnessRequest()
        _ = try await harness.invoke("resource_pre_fetch", payload: ["uri": uri], request: request)
        return try await harness.invoke(
            "resource_post_fetch",
            payload: ["uri": uri, "content": content],
            request: request
        )
    }

    @Test(
        "texts are filtered wherever they stand, and nothing else is",
        arguments: [
            ("password: mysecret123\nport: 5432", "password: [REDACTED]\nport: 5432"),
            ("PASSWORD: a KEY=b", "password: [REDACTED] KEY=***"),
            (["uri": "key=1", "text": "key=1"], ["uri": "key=1", "text": "key=***"]),
            (
                ["contents": [["uri": "?", "mimeType": "?", "text": "?"], ["uri": "?", "blob": "key=1?"]]],
                ["contents": [["uri": "?", "mimeType": "?", "text": "***"], ["uri": "?", "blob": "key=1?"]]]
            ),
            ([["text": "?"], "?", ["blob": "?"]], [["text": "***"], "***", ["blob": "?"]]),
            (["resource": ["text": ["?", .number("1.10")]]], ["resource": ["text": ["***", .number("1.10")]]]),
        ] as [(JSONValue, JSONValue)]
    )
    func filtered(_ content: JSONValue, _ expected: JSONValue) async throws {
        let result = try await fetch(content, ["content_filters": Self.filters])
        let metadata: JSONObject = ["filtered": true, "original_uri": "file:///a"]
        #expect(result == HarnessResult(modified: ["content": expected], metadata: metadata))
    }

    @Test(
        "content without a hit stays as it is",
        arguments: [
            "fine", "", nil, 1, true, .bytes([0x3F]), ["blob": "?"], ["data": ["content": "?", "texts": "?"]], [], [:],
        ] as [JSONValue]
    )
    func unchanged(_ content: JSONValue) async throws {
        let result = try await fetch(content, ["content_filters": Self.filters, "max_content_size": 4])
        #expect(result == HarnessResult(metadata: ["filtered": false, "original_uri": "file:///a"]))
    }

    @Test(
        "texts may have so many bytes together, before they are filtered",
        arguments: [
            ("12345", 5), ("ééé", 6), (["text": "123456", "blob": "1"], 6), ([["text": "123"], ["text": "é"]], 5),
            (["contents": ["123", "45"]], nil), ("1234", nil), ("éé", nil), (["text": "1234", "blob": "12345"], nil),
        ] as [(JSONValue, Int?)]
    )
    func size(_ content: JSONValue, _ size: Int?) async throws {
        let result = try await fetch(
            content,
            ["max_content_size": 4, "content_filters": [["pattern": ".+", "replacement": ""]]]
        )
        let violation = size.map { size in
            PluginViolation(
                reason: "Content exceeds maximum size",
                description: "The resource has \(size) bytes of text, and 4 are allowed",
                code: "CONTENT_TOO_LARGE",
                details: ["size": .int(Int64(size)), "max_size": 4]
            )
        }
        #expect(result.violation == violation)
        #expect(result.continueProcessing == (violation == nil))
        #expect(violation == nil || result.modified == nil)
    }

    @Test(
        "a request that the first hook has not let through is left alone",
        arguments: [nil, "ftp://a/", "x"] as [JSONValue?]
    )
    func notValidated(_ uri: JSONValue?) async throws {
        let harness = try PluginHarness(
            ResourceFilter.self,
            configuration: ["content_filters": Self.filters, "max_content_size": 1]
        )
        let request = HarnessRequest()
        if let uri { _ = try await harness.invoke("resource_pre_fetch", payload: ["uri": uri], request: request) }
        let payload: JSONObject = ["uri": "ftp://a/", "content": "password: x"]
        #expect(try await harness.invoke("resource_post_fetch", payload: payload, request: request) == HarnessResult())
    }

    @Test("a filter that takes too long fails the call, which then shows nothing")
    func limit() async throws {
        let configuration: JSONObject = ["content_filters": [["pattern": "(a+)+$"]]]
        let result = try await fetch(.string(String(repeating: "a", count: 100) + "b"), configuration)
        #expect(result.error?.contains("needs more steps than allowed") == true)
        #expect(result.modified == nil)
    }
}
