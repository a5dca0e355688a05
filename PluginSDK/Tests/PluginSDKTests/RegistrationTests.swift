import PluginSDK
import PluginTestKit
import Testing

@Suite("Registration")
struct RegistrationTests {
    /// One hook by each of the three patterns.
    struct ThreePatterns: HandlerPlugin, ToolPreInvokeHook, PromptPreFetchHook {
        func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) async throws -> ToolPreInvokeResult
        {
            var payload = payload
            payload.name = "by protocol"
            return .modified(payload)
        }

        /// A synchronous method satisfies the protocol, too.
        func promptPreFetch(_ payload: PromptPreFetchPayload, _ context: HookContext) -> PromptPreFetchResult {
            .deny(code: "NO", reason: "no", description: "No prompt.")
        }

        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPostInvoke, check)
            hooks.on("email_pre_send", EmailPayload.self) { email, _ in
                var email = email
                email.subject = "by its own name"
                return .modified(email)
            }
        }

        func check(_ payload: ToolPostInvokePayload, _ context: HookContext) throws -> ToolPostInvokeResult {
            var payload = payload
            payload.result = "by name"
            return .modified(payload)
        }
    }

    @Test("the three patterns register their hooks")
    func threePatterns() async throws {
        let harness = try PluginHarness(ThreePatterns.self)
        #expect(
            harness.hooks.map(\.name) == ["prompt_pre_fetch", "tool_pre_invoke", "tool_post_invoke", "email_pre_send"]
        )

        let byProtocol = try await harness.invoke("tool_pre_invoke", payload: .toolCall())
        #expect(byProtocol == HarnessResult(modified: ["name": "by protocol"]))

        let byName = try await harness.invoke("tool_post_invoke", payload: ["name": "echo", "result": nil])
        #expect(byName == HarnessResult(modified: ["result": "by name"]))

        let email: JSONObject = ["recipient": "ada", "subject": "", "body": "Hello"]
        let custom = try await harness.invoke("email_pre_send", payload: email)
        #expect(
            custom
                == HarnessResult(modified: ["subject": "by its own name"])
        )

        let denied = try await harness.invoke("prompt_pre_fetch", payload: ["prompt_id": "greeting"])
        let violation = PluginViolation(reason: "no", description: "No prompt.", code: "NO")
        #expect(denied == HarnessResult(continueProcessing: false, violation: violation))
        #expect(harness.complaints == [])
    }

    /// All sixteen protocols.
    struct Everything: HandlerPlugin, PromptPreFetchHook, PromptPostFetchHook, ToolPreInvokeHook, ToolPostInvokeHook,
        ResourcePreFetchHook, ResourcePostFetchHook, AgentPreInvokeHook, AgentPostInvokeHook, HTTPPreRequestHook,
        HTTPPostRequestHook, HTTPAuthResolveUserHook, HTTPAuthCheckPermissionHook, ServerPreRegisterHook,
        ServerPostRegisterHook, FederationPreSyncHook, FederationPostSyncHook
    {
        func promptPreFetch(_: PromptPreFetchPayload, _: HookContext) -> PromptPreFetchResult { .proceed }
        func promptPostFetch(_: PromptPostFetchPayload, _: HookContext) -> PromptPostFetchResult { .proceed }
        func toolPreInvoke(_: ToolPreInvokePayload, _: HookContext) -> ToolPreInvokeResult { .proceed }
        func toolPostInvoke(_: ToolPostInvokePayload, _: HookContext) -> ToolPostInvokeResult { .proceed }
        func resourcePreFetch(_: ResourcePreFetchPayload, _: HookContext) -> ResourcePreFetchResult { .proceed }
        func resourcePostFetch(_: ResourcePostFetchPayload, _: HookContext) -> ResourcePostFetchResult { .proceed }
        func agentPreInvoke(_: AgentPreInvokePayload, _: HookContext) -> AgentPreInvokeResult { .proceed }
        func agentPostInvoke(_: AgentPostInvokePayload, _: HookContext) -> AgentPostInvokeResult { .proceed }
        func httpPreRequest(_: HTTPPreRequestPayload, _: HookContext) -> HTTPPreRequestResult {
            .modified(["x-seen": "yes"])
        }
        func httpPostRequest(_: HTTPPostRequestPayload, _: HookContext) -> HTTPPostRequestResult { .proceed }
        func httpAuthResolveUser(_: HTTPAuthResolveUserPayload, _: HookContext) -> HTTPAuthResolveUserResult {
            .proceed
        }
        func httpAuthCheckPermission(
            _: HTTPAuthCheckPermissionPayload,
            _: HookContext
        ) -> HTTPAuthCheckPermissionResult {
            .modified(PermissionDecision(granted: false, reason: "closed"))
        }
        func serverPreRegister(_: ServerPreRegisterPayload, _: HookContext) -> ServerPreRegisterResult { .proceed }
        func serverPostRegister(_: ServerPostRegisterPayload, _: HookContext) -> ServerPostRegisterResult { .proceed }
        func federationPreSync(_: FederationPreSyncPayload, _: HookContext) -> FederationPreSyncResult { .proceed }
        func federationPostSync(_: FederationPostSyncPayload, _: HookContext) -> FederationPostSyncResult { .proceed }
    }

    @Test("a plugin may conform to the protocols of all standard hooks")
    func allProtocols() async throws {
        let harness = try PluginHarness(Everything.self)
        #expect(Set(harness.hooks.map(\.name)) == Set(HookName.standard.map(\.text)))
        #expect(harness.hooks.count == HookName.standard.count)

        let request: JSONObject = ["path": "/", "method": "GET", "headers": [:]]
        let headers = try await harness.invoke("http_pre_request", payload: request)
        #expect(headers == HarnessResult(modified: ["x-seen": "yes"]))

        let question: JSONObject = ["user_email": "ada@example.com", "permission": "tools.read", "is_admin": false]
        let decision = try await harness.invoke("http_auth_check_permission", payload: question)
        #expect(decision == HarnessResult(modified: ["granted": false, "reason": "closed"]))
    }

    /// Each hook's name says which overload it has to take.
    struct Overloads: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on("sync.method", EmailPayload.self, syncMethod)
            hooks.on("sync.quiet", EmailPayload.self, quietMethod)
            hooks.on("async.method", EmailPayload.self, asyncMethod)
            hooks.on("sync.closure", EmailPayload.self) { _, _ in .proceed }
            hooks.on("sync.throwing", EmailPayload.self) { _, context in
                guard !context.isCancelled else { throw CancellationError() }
                return .proceed
            }
            hooks.on("async.closure", EmailPayload.self) { email, context in
                try await asyncMethod(email, context)
            }
            hooks.on(.toolPreInvoke) { payload, _ in .modified(payload) }
            hooks.on(.toolPostInvoke) { _, _ in
                await Task.yield()
                return .proceed
            }
            hooks.on(.promptPreFetch, options: .neverBlocks, prompt)
            hooks.on(.promptPostFetch, options: [.neverDenies, .neverModifies]) { _, _ in .proceed }
        }

        func syncMethod(_: EmailPayload, _: HookContext) throws -> HookResult<EmailPayload> { .proceed }
        func quietMethod(_: EmailPayload, _: HookContext) -> HookResult<EmailPayload> { .proceed }
        func asyncMethod(_: EmailPayload, _: HookContext) async throws -> HookResult<EmailPayload> { .proceed }
        func prompt(_: PromptPreFetchPayload, _: HookContext) -> PromptPreFetchResult { .proceed }
    }

    @Test(
        "a handler that does not await is called directly, one that does runs as a task",
        arguments: [
            ("sync.method", false), ("sync.quiet", false), ("async.method", true), ("sync.closure", false),
            ("sync.throwing", false), ("async.closure", true), ("tool_pre_invoke", false),
            ("tool_post_invoke", true), ("prompt_pre_fetch", false), ("prompt_post_fetch", false),
        ]
    )
    func overloads(name: String, maySuspend: Bool) throws {
        let hook = try #require(try PluginHarness(Overloads.self).hooks.first { $0.name == name })
        #expect(hook.maySuspend == maySuspend)
    }

    @Test(
        "options take permissions away",
        arguments: [
            ("tool_pre_invoke", true, true, true), ("prompt_pre_fetch", true, true, false),
            ("prompt_post_fetch", false, false, true),
        ]
    )
    func options(name: String, mayDeny: Bool, mayModify: Bool, mayBlock: Bool) throws {
        let hook = try #require(try PluginHarness(Overloads.self).hooks.first { $0.name == name })
        #expect([hook.mayDeny, hook.mayModify, hook.mayBlock] == [mayDeny, mayModify, mayBlock])
    }

    @Test("a custom hook tells the schema of its payload, a standard one does not")
    func schemas() throws {
        let hooks = try PluginHarness(Overloads.self).hooks
        let custom = try #require(hooks.first { $0.name == "sync.method" })
        let schema = try PayloadBlock(json: custom.schema).value
        #expect(schema == PayloadSchema.schema(of: EmailPayload.self))
        #expect(hooks.filter { !$0.schema.isEmpty }.map(\.name).allSatisfy { $0.contains(".") })
    }

    struct Twice: HandlerPlugin, ToolPreInvokeHook {
        func toolPreInvoke(_: ToolPreInvokePayload, _: HookContext) -> ToolPreInvokeResult { .proceed }
        func register(on hooks: HookRegistrar) { hooks.on(.toolPreInvoke, toolPreInvoke) }
    }

    struct Disguised: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on("tool_pre_invoke", EmailPayload.self) { _, _ in .proceed }
        }
    }

    struct Misnamed: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on("Email Pre Send", EmailPayload.self) { _, _ in .proceed }
        }
    }

    @Test("a hook that is registered twice fails the plugin")
    func twice() {
        expectRefusal(
            of: Twice.self,
            "the plugin registers the hook tool_pre_invoke twice; one handler has to do"
        )
    }

    @Test("a standard hook with another payload fails the plugin")
    func disguised() {
        expectRefusal(
            of: Disguised.self,
            "the plugin registers the standard hook tool_pre_invoke with a payload of its own; "
                + "register it by its point, such as hooks.on(.toolPreInvoke, handler)"
        )
    }

    @Test("a hook whose name the runtime refuses fails the plugin")
    func misnamed() {
        expectRefusal(
            of: Misnamed.self,
            "the hook \"Email Pre Send\": the runtime refused \"add_hook\": an argument is malformed or out of range"
        )
    }

    private func expectRefusal<P: Plugin>(of plugin: P.Type, _ message: String) {
        let error = #expect(throws: HarnessError.self) { try PluginHarness(plugin) }
        #expect(error?.problems == [RecordedProblem(.error, at: "", message)])
    }
}
