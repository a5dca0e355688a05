import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Testing

/// The hooks around a whole request.
@Suite("The hooks of HTTP requests")
struct RequestHookTests {
    private static func gateway(
        _ bodies: [HookName: ClosureHooks.Body],
        powers: PluginPowers = PluginPowers(),
        log: RecordedLog = RecordedLog()
    ) async throws -> (gateway: InMemoryGateway, hooks: ClosureHooks) {
        let hooks = ClosureHooks(PromptPolicy(), bodies)
        let gateway = try await InMemoryGateway(hooks: hooks, powers: powers, logger: log.logger)
        return (gateway, hooks)
    }

    private static let silent: ClosureHooks.Body = { _ in HookOutcome() }

    @Test("see path, method, client, headers and the response's headers and status, in their order")
    func payloads() async throws {
        let (gateway, hooks) = try await Self.gateway([
            .httpPreRequest: Self.silent, .httpAuthResolveUser: Self.silent, .httpAuthCheckPermission: Self.silent,
            .promptPreFetch: Self.silent, .httpPostRequest: Self.silent,
        ])
        _ = try await gateway.client("POST /prompts", ["name": "p", "template": "x"])
        let before = hooks.calls.count
        var request = ClientRequest(
            "POST /v1/prompts/p?token=secret",
            nil,
            ["X-Request-Id": "7", "User-Agent": "test", "Accept": "a", "Cookie": "c=1"]
        )
        request.repeatedHeaders = [("accept", "b"), ("COOKIE", "d=2")]
        _ = try await gateway.client.send(request)
        let head =
            #""path":"/v1/prompts/p","method":"POST","client_host":null,"client_port":null,"headers":{"#
            + #""host":"localhost","x-request-id":"7","user-agent":"test","accept":"a, b","cookie":"c=1; d=2"}"#
        #expect(
            Array(hooks.calls[before...]) == [
                ClosureHooks.Call(.httpPreRequest, "{\(head)}"),
                ClosureHooks.Call(
                    .httpAuthResolveUser,
                    #"{"credentials":null,"headers":{"host":"localhost","x-request-id":"7","user-agent":"test","#
                        + #""accept":"a, b","cookie":"c=1; d=2"},"client_host":null,"client_port":null}"#
                ),
                ClosureHooks.Call(
                    .httpAuthCheckPermission,
                    #"{"user_email":"anonymous","permission":"prompts.read","resource_type":"prompts","#
                        + #""team_id":null,"is_admin":true,"auth_method":null,"client_host":null,"user_agent":"test"}"#
                ),
                ClosureHooks.Call(.promptPreFetch, #"{"prompt_id":"p","args":{}}"#),
                ClosureHooks.Call(
                    .httpPostRequest,
                    "{\(head),"
                        + #""response_headers":{"content-type":"application/json","content-length":"86","#
                        + #""x-request-id":"7"},"status_code":200}"#
                ),
            ]
        )
    }

    @Test(
        "that have no plugin are never asked, and the others see what there is",
        arguments: [
            ("GET /health", 200, ["http_pre_request", "http_post_request"]),
            ("HEAD /health", 200, ["http_pre_request", "http_post_request"]),
            ("GET /nothing", 404, ["http_pre_request", "http_post_request"]),
            ("POST /health", 404, ["http_pre_request", "http_post_request"]),
            ("GET /v1/prompts/gone", 404, ["http_pre_request", "http_auth_check_permission", "http_post_request"]),
            ("GET /plugins", 200, ["http_pre_request", "http_auth_check_permission", "http_post_request"]),
        ]
    )
    func which(line: String, status: Int, expected: [String]) async throws {
        let (gateway, hooks) = try await Self.gateway([
            .httpPreRequest: Self.silent, .httpAuthCheckPermission: Self.silent, .httpPostRequest: Self.silent,
        ])
        #expect(try await gateway.client(line).status == status)
        #expect(hooks.calls.map(\.hook.description) == expected)
        #expect(try JSONValue(json: hooks.calls.last?.payload ?? "")["status_code"] == .int(Int64(status)))
        let (quiet, none) = try await Self.gateway([:])
        #expect(try await quiet.client(line).status == status)
        #expect(none.calls == [])
    }

    @Test("of HEAD see the length that a GET would have, and the answer has no body")
    func head() async throws {
        let (gateway, hooks) = try await Self.gateway([
            .httpPostRequest: { _ in try .modified(["X-Seen": "1"]) }
        ])
        let response = try await gateway.client("HEAD /health")
        #expect(response.line == "200 ")
        #expect(response.headers["Content-Length"] == "15")
        #expect(response.headers["X-Seen"] == "1")
        #expect(try JSONValue(json: hooks.calls[0].payload)["method"] == "HEAD")
    }

    @Test("merge headers into the request: what plugins leave out stays, what they set is in small letters")
    func merging() async throws {
        let (gateway, hooks) = try await Self.gateway([
            .httpPreRequest: { _ in try .modified(["X-Added": "new", "ACCEPT": "b", "Authorization": "Bearer made"]) },
            .httpAuthResolveUser: Self.silent,
        ])
        _ = try await gateway.client("GET /prompts", headers: ["Accept": "a", "X-Kept": "old"])
        #expect(
            hooks.calls[1].payload
                == #"{"credentials":{"scheme":"Bearer","credentials":"made"},"headers":{"host":"localhost","#
                + #""accept":"b","x-kept":"old","x-added":"new","authorization":"Bearer made"},"client_host":null,"#
                + #""client_port":null}"#
        )
    }

    @Test(
        "may add credentials, but not replace those of the client unless that is configured",
        arguments: ["authorization", "Cookie", "X-Api-Key", "proxy-AUTHORIZATION"],
        [false, true]
    )
    func credentials(name: String, isAllowed: Bool) async throws {
        let log = RecordedLog()
        let (gateway, hooks) = try await Self.gateway(
            [
                .httpPreRequest: { _ in try .modified([name: "forged", "x-other": "1"]) },
                .httpAuthResolveUser: Self.silent,
            ],
            powers: PluginPowers(replacesCredentials: isAllowed),
            log: log
        )
        func seen() throws -> JSONValue? { try JSONValue(json: hooks.calls.last?.payload ?? "")["headers"] }
        _ = try await gateway.client("GET /prompts", headers: [name: "given"])
        #expect(try seen()?[name.lowercased()]?.string == (isAllowed ? "forged" : "given"))
        #expect(try seen()?["x-other"] == "1")
        let line =
            "warning headers stay as the client has sent them; plugins may not change them | "
            + "http_pre_request: \(name.lowercased())"
        #expect(log.lines == (isAllowed ? [] : [line]))
        _ = try await gateway.client("GET /prompts")
        #expect(try seen()?[name.lowercased()]?.string == "forged")
        // What stays the same is no attempt.
        #expect(log.lines.count == (isAllowed ? 0 : 1))
    }

    @Test(
        "may not change what the connection or the gateway depends on, nor write headers that are none",
        arguments: [
            ("content-length", "0"), ("Transfer-Encoding", "chunked"), ("host", "elsewhere"), ("connection", "close"),
            ("x-request-id", "mine"), ("upgrade", "h2c"), ("te", "trailers"), ("x-line", "a\r\nb: c"), ("x y", "1"),
            ("", "1"), ("x-umlaut", "ä"),
        ]
    )
    func fixed(name: String, value: String) async throws {
        let log = RecordedLog()
        let (gateway, hooks) = try await Self.gateway(
            [
                .httpPreRequest: { _ in try .modified([name: .string(value)]) },
                .httpPostRequest: Self.silent,
            ],
            powers: PluginPowers(replacesCredentials: true),
            log: log
        )
        let response = try await gateway.client(
            "POST /prompts",
            ["name": "p", "template": "x"],
            headers: ["X-Request-Id": "1"]
        )
        #expect(response.status == 200)
        let seen = try JSONValue(json: hooks.calls.last?.payload ?? "")["headers"]
        #expect(
            seen?.object == ["host": "localhost", "content-length": "27", "x-request-id": "1"]
        )
        #expect(log.lines.count == 1)
    }

    @Test("may block a request before its route is found, and the response is shown all the same")
    func blocks() async throws {
        var violation = PluginViolation(reason: "closed", description: "come back later", code: "MAINTENANCE")
        violation.httpStatusCode = 503
        violation.httpHeaders = ["Retry-After": "60"]
        let blocking = violation
        let (gateway, hooks) = try await Self.gateway([
            .httpPreRequest: { _ in .blocked(blocking) }, .httpAuthResolveUser: Self.silent,
            .httpPostRequest: Self.silent,
        ])
        for line in ["GET /health", "GET /nothing", "POST /prompts"] {
            let response = try await gateway.client(line)
            #expect(response.status == 503)
            #expect(
                response.message
                    == "http_pre_request blocked by plugin Guard: MAINTENANCE - closed (come back later)"
            )
            #expect(response.headers["Retry-After"] == "60")
        }
        #expect(
            hooks.calls.map(\.hook)
                == [
                    .httpPreRequest, .httpPostRequest, .httpPreRequest, .httpPostRequest, .httpPreRequest,
                    .httpPostRequest,
                ]
        )
        #expect(gateway.access.entries.map(\.plugin) == ["Guard", "Guard", "Guard"])
    }

    @Test(
        "that fail before the request answer it with their error",
        arguments: [(PluginError.Code.failed, 500), (.timeout, 504), (.unavailable, 503), (.payloadTooLarge, 413)]
    )
    func failures(code: PluginError.Code, status: Int) async throws {
        let (gateway, _) = try await Self.gateway([.httpPreRequest: { _ in .failed(code, "secret of the plugin") }])
        let response = try await gateway.client("GET /prompts")
        #expect(response.status == status)
        #expect(!response.text.contains("secret") || code == .payloadTooLarge)
        // What state the gateway is in is told all the same, if it is only a plugin that is broken.
        for path in ["/health", "/v1/ready", "/version?x=1"] {
            #expect(try await gateway.client("GET \(path)").status == (code == .payloadTooLarge ? 413 : 200))
        }
    }

    @Test("set and replace headers of the response, except those of the connection and the request's identifier")
    func responseHeaders() async throws {
        let (gateway, _) = try await Self.gateway([
            .httpPreRequest: { _ in HookOutcome(httpHeaders: ["X-Limit": "9", "X-Both": "pre"]) },
            .httpPostRequest: { _ in
                var outcome = try HookOutcome.modified([
                    "X-Correlation-Id": "c", "Content-Type": "text/html", "X-Request-Id": "forged",
                    "Content-Length": "1", "X-Both": "post", "x-line": "a\nb",
                ])
                outcome.httpHeaders = ["X-More": "1"]
                return outcome
            },
        ])
        let response = try await gateway.client("GET /health", headers: ["X-Request-Id": "mine"])
        #expect(response.text == #"{"status":"ok"}"#)
        #expect(
            Dictionary(uniqueKeysWithValues: response.headers.map { ($0.name.lowercased(), $0.value) }) == [
                "content-type": "application/json", "content-length": "15", "x-request-id": "mine", "x-limit": "9",
                "x-both": "post", "x-correlation-id": "c", "x-more": "1",
            ]
        )
    }

    @Test("cannot stop a response, whatever they do; the log says it")
    func swallowed() async throws {
        let violation = PluginViolation(reason: "r", description: "d", code: "c")
        for outcome in [HookOutcome.blocked(violation), .failed(.timeout, "late"), .failed(.unavailable, "gone")] {
            let log = RecordedLog()
            let (gateway, _) = try await Self.gateway([.httpPostRequest: { _ in outcome }], log: log)
            #expect(try await gateway.client("GET /health").line == #"200 {"status":"ok"}"#)
            #expect(log.lines.count == 1)
            #expect(log.lines.first?.hasPrefix("warning the response is sent all the same | ") == true)
        }
    }

    @Test(
        "never see a request that says a header twice which only one may say",
        arguments: [
            ("Authorization", "Bearer a", "Bearer b"), ("authorization", "Bearer a", "Bearer a"),
            ("X-Api-Key", "a", "b"), ("Content-Type", "a", "b"), ("X-Request-Id", "1", "2"),
            ("Proxy-Authorization", "a", "b"),
        ]
    )
    func repeated(name: String, first: String, second: String) async throws {
        let (gateway, hooks) = try await Self.gateway([.httpPreRequest: Self.silent, .httpPostRequest: Self.silent])
        var request = ClientRequest("GET /health")
        request.repeatedHeaders = [(name, first), (name.uppercased(), second)]
        let response = try await gateway.client.send(request)
        #expect(response.line == #"400 {"message":"the header \#(name.lowercased()) is repeated"}"#)
        #expect(hooks.calls == [])
    }

    @Test(
        "a block of http_pre_request is an envelope without the request's identifier on /rpc",
        arguments: ["", "/v1"]
    )
    func blockedRPC(prefix: String) async throws {
        let violation = PluginViolation(reason: "closed", description: "come back later", code: "BLOCKED")
        let hooks = ClosureHooks(PromptPolicy(), [.httpPreRequest: { _ in .blocked(violation) }])
        let gateway = try await InMemoryGateway(hooks: hooks)
        let response = try await gateway.client(
            "POST \(prefix)/rpc",
            ["jsonrpc": "2.0", "id": 7, "method": "ping"]
        )
        let body = try response.json
        #expect(response.status == 403)
        #expect(body["jsonrpc"] == "2.0")
        #expect(body["id"] == .null)
        #expect(body["error"]?["code"] == -32602)
        #expect(
            body["error"]?["message"]
                == "http_pre_request blocked by plugin Guard: BLOCKED - closed (come back later)"
        )
    }
}
