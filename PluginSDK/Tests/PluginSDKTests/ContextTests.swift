import PluginSDK
import PluginTestKit
import Testing

@Suite("The context of a call")
struct ContextTests {
    /// Counts its calls in every kind of state, in a synchronous and in an asynchronous hook.
    struct Counting: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, context in Self.count(context) }
            hooks.on(.toolPostInvoke) { _, context in
                await Task.yield()
                return Self.count(context)
            }
        }

        private static func count<Payload>(_ context: HookContext) -> HookResult<Payload> {
            for values in [
                context.state, context.metadata, context.globalContext.state, context.globalContext.metadata,
            ] {
                let calls = values["calls"]?.int ?? 0
                values["calls"] = .int(Int64(calls + 1))
                values["previous"] = calls == 0 ? nil : .int(Int64(calls))
            }
            return HookResult(metadata: ["state": .object(context.state.all)])
        }
    }

    @Test("state and metadata flow from the pre to the post hook of one request")
    func state() async throws {
        let harness = try PluginHarness(Counting.self)
        let request = HarnessRequest()
        let pre = try await harness.invoke("tool_pre_invoke", payload: .toolCall(), request: request)
        #expect(pre.metadata == ["state": ["calls": 1]])
        let post = try await harness.invoke("tool_post_invoke", payload: ["name": "echo"], request: request)
        #expect(post.metadata == ["state": ["calls": 2, "previous": 1]])
        for values in [
            request.state(of: "handlers"), request.metadata(of: "handlers"), request.globalState,
            request.globalMetadata,
        ] { #expect(values == ["calls": 2, "previous": 1]) }

        let other = try await harness.invoke("tool_pre_invoke", payload: .toolCall())
        #expect(other.metadata == ["state": ["calls": 1]])
        #expect(harness.complaints == [])
    }

    struct Reading: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, context in
                let global = context.globalContext
                return HookResult(metadata: [
                    "request": .string(global.requestID), "user": global.user ?? "none",
                    "tenant": .string(global.tenantID ?? "none"), "server": .string(global.serverID ?? "none"),
                    "type": .string(global.contentType ?? "none"), "cancelled": .bool(context.isCancelled),
                    "absent": context.state["absent"] ?? "none", "all": .object(context.state.all),
                ])
            }
        }
    }

    @Test("the global context tells whose request it is")
    func globalContext() async throws {
        let harness = try PluginHarness(Reading.self)
        let known = HarnessRequest(
            RequestIdentity(
                requestID: "r-7",
                user: ["email": "ada@example.com"],
                tenantID: "team-1",
                serverID: "server-1",
                contentType: "application/json"
            )
        )
        let result = try await harness.invoke("tool_pre_invoke", payload: .toolCall(), request: known)
        #expect(
            result.metadata == [
                "request": "r-7", "user": ["email": "ada@example.com"], "tenant": "team-1", "server": "server-1",
                "type": "application/json", "cancelled": false, "absent": "none", "all": [:],
            ]
        )
        let unknown = try await harness.invoke("tool_pre_invoke", payload: .toolCall())
        #expect(
            unknown.metadata == [
                "request": "request-1", "user": "none", "tenant": "none", "server": "none", "type": "none",
                "cancelled": false, "absent": "none", "all": [:],
            ]
        )
    }

    struct Timed: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, context in
                let untilDeadline = ContinuousClock.now.duration(to: context.deadline)
                return HookResult(metadata: [
                    "remaining": .int(context.timeRemaining.components.seconds),
                    "until_deadline": .int(untilDeadline.components.seconds),
                ])
            }
        }
    }

    @Test("the deadline is as far as the runtime says, and may have passed", arguments: [3600, -2])
    func deadline(seconds: Int) async throws {
        let harness = try PluginHarness(Timed.self)
        let result = try await harness.invoke("tool_pre_invoke", payload: .toolCall(), timeout: .seconds(seconds))
        // Half an hour for the slowest machine between the start of the call and the handler.
        for key in ["remaining", "until_deadline"] {
            let remaining = try #require(result.metadata[key]?.int)
            #expect(remaining <= seconds && remaining > seconds - 1800)
        }
    }

    struct Leaking: HandlerPlugin {
        static let contexts = Notes<HookContext>()

        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, context in
                context.state["kept"] = 1
                if context.globalContext.user != nil { _ = context.globalContext.requestID }
                Self.contexts.add(context)
                return .proceed
            }
        }
    }

    @Test("a context that outlives its call reads nothing and writes nothing")
    func outliving() async throws {
        let request = HarnessRequest()
        var harness: PluginHarness? = try PluginHarness(Leaking.self)
        _ = try await harness?.invoke("tool_pre_invoke", payload: .toolCall(), request: request)
        harness = nil

        let context = try #require(Leaking.contexts.all.first)
        #expect(context.state["kept"] == nil)
        #expect(context.state.all == [:])
        #expect(context.isCancelled)
        #expect(context.timeRemaining > .zero)
        // What was read while the hook ran is still there.
        #expect(context.globalContext.requestID == "request-1")
        context.state["kept"] = 2
        context.globalContext.metadata["kept"] = 2
        #expect(request.state(of: "handlers") == ["kept": 1])
        #expect(request.globalMetadata == [:])
    }

    struct Unwritable: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, context in
                context.state["rate"] = .double(.nan)
                return HookResult(metadata: ["state": .object(context.state.all)])
            }
        }
    }

    @Test("a state that no block can hold is not kept, and the log says so")
    func unwritable() async throws {
        let harness = try PluginHarness(Unwritable.self)
        let result = try await harness.invoke("tool_pre_invoke", payload: .toolCall())
        #expect(result == HarnessResult(metadata: ["state": [:]]))
        #expect(
            harness.log == [
                RecordedLine(
                    level: 2,
                    "the value of \"rate\" was not kept: "
                        + "the value holds an infinite number, or none where one is needed"
                )
            ]
        )
    }
}
