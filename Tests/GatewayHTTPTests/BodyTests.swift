import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Testing

@Suite("A body")
struct BodyTests {
    private static var limits: ServerLimits {
        var limits = ServerLimits()
        limits.maxBodyBytes = 200
        limits.maxJSONDepth = 4
        limits.maxJSONValues = 10
        return limits
    }

    /// A gateway with one prompt.
    private static func gateway(_ limits: ServerLimits = limits) async throws -> GatewayClient {
        let client = try await InMemoryGateway(limits: limits).client
        _ = try await client("POST /prompts", ["name": "p", "template": "x{{ a }}"])
        return client
    }

    private static func answer(_ line: String, _ body: [UInt8], chunked: Bool = false) async throws -> String {
        var request = ClientRequest(line, body)
        request.isChunked = chunked
        return try await gateway().send(request).line
    }

    @Test(
        "is JSON without a fault, or the answer says where the fault is",
        arguments: [
            ("{", "line 1, column 2: expected a key in double quotes, found the end of the text"),
            ("not JSON", "line 1, column 1: expected a value, found 'n'"),
            ("{\"a\": 1,\n \"a\": 2}", "line 2, column 2: duplicate key \\\"a\\\""),
            (
                "{\"a\": [[[[]]]]}", "line 1, column 10: more than 4 containers within one another"
            ),
            ("{\"a\": [1,2,3,4,5,6,7,8]}", "line 1, column 25: more than 10 values"),
            ("{} {}", "line 1, column 4: expected the end of the text, found '{'"),
            ("   ", "line 1, column 4: expected a value, found the end of the text"),
            ("{'a': 1}", "line 1, column 2: expected a key in double quotes, found a single quote"),
        ]
    )
    func notAcceptable(json: String, problem: String) async throws {
        for line in ["POST /prompts", "POST /prompts/p", "POST /prompts/p/render", "PUT /prompts/p"] {
            let answer = try await Self.answer(line, Array(json.utf8))
            #expect(answer == "400 {\"message\":\"the body is not acceptable JSON: \(problem)\"}", "\(line)")
        }
    }

    @Test(
        "may nest as deep and hold as many values as the limits say",
        arguments: [#"{"a":[[[]]]}"#, #"{"a":[1,2,3,4,5,6,7]}"#]
    )
    func atTheLimits(json: String) async throws {
        #expect(try await Self.answer("POST /prompts/p", Array(json.utf8)).hasPrefix("200 "))
    }

    @Test("is UTF-8")
    func notUTF8() async throws {
        #expect(
            try await Self.answer("POST /prompts/p", Array("{\"a\": \"caf".utf8) + [0xE9] + Array("\"}".utf8))
                == #"400 {"message":"the body is not acceptable JSON: line 1, column 11: the byte 0xE9 is not UTF-8 here"}"#
        )
    }

    @Test("is an object", arguments: [("[]", "an array"), ("null", "null"), ("7", "a number"), ("\"a\"", "a string")])
    func noObject(json: String, found: String) async throws {
        for line in ["POST /prompts", "POST /prompts/p", "POST /prompts/p/render"] {
            #expect(
                try await Self.answer(line, Array(json.utf8))
                    == "422 {\"message\":\"expected a JSON object, found \(found)\"}"
            )
        }
        if json != "null" {
            #expect(
                try await Self.answer("POST /prompts/p/render", Array("{\"arguments\": \(json)}".utf8))
                    == "422 {\"message\":\"arguments: expected an object, found \(found)\"}"
            )
        }
    }

    @Test("may be of exactly as many bytes as the limit says, and no more", arguments: [false, true])
    func tooLarge(chunked: Bool) async throws {
        func body(_ count: Int) -> [UInt8] {
            Array("{\"a\": \"".utf8) + Array(repeating: 0x61, count: count - 9) + Array("\"}".utf8)
        }
        #expect(try await Self.answer("POST /prompts/p", body(200), chunked: chunked).hasPrefix("200 "))
        for line in ["POST /prompts", "POST /prompts/p", "POST /prompts/p/render", "PUT /prompts/p"] {
            #expect(
                try await Self.answer(line, body(201), chunked: chunked)
                    == #"413 {"message":"the body is larger than 200 bytes (server.max_body_bytes)"}"#
            )
        }
    }

    @Test("of all requests together has a limit, too")
    func tooManyBytes() async throws {
        var limits = ServerLimits()
        limits.maxBufferedBytes = 100
        let client = try await Self.gateway(limits)
        let large = ClientRequest("POST /prompts/p", Array("{\"a\": \"\(String(repeating: "a", count: 100))\"}".utf8))
        let response = try await client.send(large)
        #expect(response.line == #"503 {"message":"too many large requests at the same time; try again later"}"#)
        #expect(response.headers["Retry-After"] == "1")
        #expect(try await client("POST /prompts/p", ["a": "b"]).rendered == "xb")
    }

    @Test(
        "counts whatever its content type says",
        arguments: ["application/json", "text/plain", "application/x-www-form-urlencoded", "nonsense"]
    )
    func contentType(type: String) async throws {
        let client = try await Self.gateway()
        #expect(
            try await client("POST /prompts/p", ["a": "b"], headers: ["Content-Type": .init(type)]).rendered == "xb"
        )
    }
}
