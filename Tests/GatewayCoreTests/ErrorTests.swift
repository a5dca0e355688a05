import GatewayCore
import PluginPayloads
import Testing

@Suite("The status of a violation")
struct ViolationStatusTests {
    private static func status(_ code: String, own: Int? = nil) -> Int? {
        var violation = PluginViolation(reason: "r", description: "d", code: code)
        violation.httpStatusCode = own
        do throws(GatewayError) {
            try HookOutcome(continueProcessing: false, violation: violation).requirePassed(.promptPreFetch)
            return nil
        } catch {
            return error.status
        }
    }

    @Test(
        "follows from its code, else it is 422",
        arguments: [
            ("RATE_LIMIT", 429), ("INVALID_URI", 400), ("PROTOCOL_BLOCKED", 403), ("DOMAIN_BLOCKED", 403),
            ("BLOCKED_CONTENT", 403), ("BLOCKED", 403), ("CONTENT_TOO_LARGE", 413), ("CONTENT_MODERATION", 422),
            ("PII_DETECTED", 422), ("SENSITIVE_CONTENT", 422), ("PROHIBITED_CONTENT", 422), ("MODERATION_ERROR", 503),
            ("INVALID_TOKEN", 401), ("API_KEY_REVOKED", 401), ("AUTH_REQUIRED", 401), ("EXECUTION_ERROR", 500),
            ("PROCESSING_ERROR", 500), ("deny", 422), ("URL_REPUTATION_BLOCK", 422),
            ("PII_DETECTED_IN_TOOL_ARGS", 422), ("", 422), ("rate_limit", 422),
        ]
    )
    func byCode(code: String, status: Int) {
        #expect(Self.status(code) == status)
    }

    @Test(
        "is its own if that is a status of an error",
        arguments: [
            (400, 400), (451, 451), (599, 599), (500, 500), (200, 429), (302, 429), (399, 429), (600, 429), (0, 429),
            (-1, 429),
        ]
    )
    func own(given: Int, status: Int) {
        #expect(Self.status("RATE_LIMIT", own: given) == status)
    }
}

@Suite("The headers that plugins may set")
struct ResponseHeadersTests {
    @Test("are those that are well-formed, and none of the server's own")
    func allowed() {
        let given: JSONObject = [
            "Retry-After": "1", "x-rate_limit.a~b": "a\tb", "X-Empty": "", "X-Number": 7, "": "x", "X Y": "x",
            "X:Y": "x", "Größe": "x", "X-Line": "a\r\nSet-Cookie: b=c", "X-Zero": "a\0b", "X-Latin": "é",
            "X-Delete": "\u{7F}", "connection": "close", "Content-Length": "0", "CONTENT-TYPE": "x", "Date": "x",
            "Keep-Alive": "x", "TE": "x", "Trailer": "x", "Transfer-Encoding": "chunked", "Upgrade": "x",
            "Set-Cookie": "a=b",
        ]
        let passed: HTTPHeaders = [
            "Retry-After": "1", "x-rate_limit.a~b": "a\tb", "X-Empty": "", "Set-Cookie": "a=b",
        ]
        #expect(ResponseHeaders.allowed(given) == passed)
        let texts = Dictionary(uniqueKeysWithValues: given.compactMap { key, value in value.string.map { (key, $0) } })
        let sorted = HTTPHeaders(passed.sorted { $0.name < $1.name }.map { ($0.name, $0.value) })
        #expect(ResponseHeaders.allowed(texts) == sorted)
    }
}
