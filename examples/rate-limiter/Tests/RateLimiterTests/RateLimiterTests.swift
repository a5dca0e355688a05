import PluginPayloads
import PluginTestKit
import RateLimiter
import Testing

@Suite("The rate limiter")
struct RateLimiterTests {
    private static let tool: JSONObject = ["name": "search", "args": [:]]

    private static func headers(_ limit: Int, _ remaining: Int, reset: Int, retry: Int? = nil) -> [String: String] {
        var headers = [
            "X-RateLimit-Limit": "\(limit)", "X-RateLimit-Remaining": "\(remaining)", "X-RateLimit-Reset": "\(reset)",
        ]
        headers["Retry-After"] = retry.map(String.init)
        return headers
    }

    private static func request(user: JSONValue? = nil, tenant: String? = nil) -> HarnessRequest {
        HarnessRequest(RequestIdentity(requestID: "1", user: user, tenantID: tenant))
    }

    /// How many of some calls are allowed.
    private static func allowed(
        _ count: Int,
        by harness: PluginHarness,
        _ hook: String = "tool_pre_invoke",
        _ payload: JSONObject = tool,
        _ request: HarnessRequest = request()
    ) async throws -> Int {
        var allowed = 0
        for _ in 0..<count {
            if try await harness.invoke(hook, payload: payload, request: request).continueProcessing { allowed += 1 }
        }
        return allowed
    }

    @Test("a call within the limit is told what is left; one beyond it is blocked with 429")
    func answers() async throws {
        let harness = try PluginHarness(RateLimiter.self, configuration: ["by_user": ["rate": "1/h", "burst": 2]])
        let request = Self.request(user: "ada@example.com")
        let first = try await harness.invoke("tool_pre_invoke", payload: Self.tool, request: request)
        #expect(first == HarnessResult(httpHeaders: Self.headers(2, 1, reset: 3600)))
        let second = try await harness.invoke("prompt_pre_fetch", payload: ["prompt_id": "p"], request: request)
        #expect(second == HarnessResult(httpHeaders: Self.headers(2, 0, reset: 7200)))
        let third = try await harness.invoke("tool_pre_invoke", payload: Self.tool, request: request)
        let violation = PluginViolation(
            reason: "Rate limit exceeded",
            description: "The limit of this user is used up; try again in 3600 s",
            code: "RATE_LIMIT",
            details: [
                "scope": "user", "limit": 2, "remaining": 0, "reset_seconds": 7200, "retry_after_seconds": 3600,
            ],
            httpStatusCode: 429,
            httpHeaders: Self.headers(2, 0, reset: 7200, retry: 3600)
        )
        #expect(third == HarnessResult(continueProcessing: false, violation: violation))
        #expect(harness.counters == ["limited_by_user": 1])
    }

    @Test("without rates nothing is limited, nor told")
    func noRates() async throws {
        let harness = try PluginHarness(RateLimiter.self)
        for _ in 0..<100 {
            #expect(try await harness.invoke("tool_pre_invoke", payload: Self.tool) == HarnessResult())
        }
    }

    @Test("users, tenants and tools have buckets of their own")
    func scopes() async throws {
        let users = try PluginHarness(RateLimiter.self, configuration: ["by_user": "2/h"])
        for user in ["ada", "bob", nil, ["email": "ada@example.com", "groups": []], ["id": 1]] as [JSONValue?] {
            #expect(try await Self.allowed(4, by: users, "tool_pre_invoke", Self.tool, Self.request(user: user)) == 2)
        }
        // A user is the same whether told by the address alone or with more about it.
        let ada = Self.request(user: "ada@example.com")
        #expect(try await Self.allowed(1, by: users, "tool_pre_invoke", Self.tool, ada) == 0)

        let tenants = try PluginHarness(RateLimiter.self, configuration: ["by_tenant": "2/h"])
        for tenant in ["a", "b", nil] {
            let request = Self.request(tenant: tenant)
            #expect(try await Self.allowed(4, by: tenants, "prompt_pre_fetch", ["prompt_id": "p"], request) == 2)
        }

        let each = try PluginHarness(RateLimiter.self, configuration: ["by_tool": "2/h"])
        #expect(try await Self.allowed(4, by: each) == 2)
        #expect(try await Self.allowed(4, by: each, "tool_pre_invoke", ["name": "other"]) == 2)
        #expect(try await Self.allowed(4, by: each, "prompt_pre_fetch", ["prompt_id": "search"]) == 4)

        let named = try PluginHarness(
            RateLimiter.self,
            configuration: ["by_tool": ["search": "2/h", "sort": ["rate": "1/h", "burst": 3]]]
        )
        #expect(try await Self.allowed(4, by: named) == 2)
        #expect(try await Self.allowed(4, by: named, "tool_pre_invoke", ["name": "sort"]) == 3)
        #expect(try await Self.allowed(4, by: named, "tool_pre_invoke", ["name": "other"]) == 4)
    }

    @Test("64 clients at the same time get just what there is")
    func concurrency() async throws {
        let harness = try PluginHarness(RateLimiter.self, configuration: ["by_user": "500/h", "by_tool": "9999/h"])
        let allowed = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<64 { group.addTask { try await Self.allowed(20, by: harness) } }
            return try await group.reduce(0, +)
        }
        #expect(allowed == 500)
        #expect(harness.counters == ["limited_by_user": 780])
    }

    @Test(
        "what is no rate is refused, and pointed at",
        arguments: [
            (["by_user": "60/fortnight"], "/by_user"), (["by_user": 60], "/by_user"),
            (["by_tenant": ["burst": 3]], "/by_tenant"), (["by_tool": ["rate": "60/m", "burst": 0]], "/by_tool"),
            (["by_tool": ["search": "0/m"]], "/by_tool/search"), (["max_buckets": 0], "/max_buckets"),
        ] as [(JSONObject, String)]
    )
    func refused(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(RateLimiter.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("every key that there is, is known")
    func keys() throws {
        let rate: JSONValue = ["rate": "1/h", "burst": 1]
        for tool in [rate, ["search": rate], "1/h"] as [JSONValue] {
            let configuration: JSONObject = ["by_user": rate, "by_tenant": rate, "by_tool": tool, "max_buckets": 1]
            #expect(try PluginHarness(RateLimiter.self, configuration: configuration).problems == [])
        }
    }

    @Test("the plugin keeps the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            RateLimiter.self,
            configuration: ["by_tool": ["other": "1/h"]],
            samples: ["tool_pre_invoke": Self.tool, "prompt_pre_fetch": ["prompt_id": "p"]]
        )
        #expect(await suite.run() == [])
    }
}
