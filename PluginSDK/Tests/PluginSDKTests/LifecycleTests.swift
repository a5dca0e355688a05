import PluginSDK
import PluginTestKit
import Testing

@Suite("Life of a plugin")
struct LifecycleTests {
    /// Notes what happens to it.
    final class Noting: HandlerPlugin, ToolPreInvokeHook {
        static let events = Notes<String>()
        static let gate = Gate()
        static var isSerial: Bool { true }
        let host: PluginHost?

        init() { host = nil }

        init(configuration: NoConfiguration, host: PluginHost) {
            self.host = host
            Self.events.add("init")
        }

        deinit {
            host?.log.info("released")
            Self.events.add("deinit")
        }

        func initialize() async throws {
            await Task.yield()
            Self.events.add("initialize")
        }

        func shutdown() async { Self.events.add("shutdown") }

        func health() async throws {
            Self.events.add("health")
            throw ConfigurationProblem("no connection")
        }

        func toolPreInvoke(_: ToolPreInvokePayload, _: HookContext) async -> ToolPreInvokeResult {
            await Self.gate.pass()
            host?.count("requests_processed")
            host?.count("bytes", by: 12)
            host?.log(.debug, "a call")
            host?.log.warning("slow")
            Self.events.add("hook")
            return .proceed
        }
    }

    @Test("the instance is made, got ready, called, shut down and released, in this order")
    func order() async throws {
        let harness = try PluginHarness(Noting.self)
        #expect(harness.isSerial)
        try await harness.start()
        let call = try harness.begin("tool_pre_invoke", payload: .toolCall())
        await Noting.gate.arrival()

        let failure = await #expect(throws: HarnessError.self) { try await harness.health() }
        #expect(failure?.description == "health failed: no connection")
        Noting.gate.open()
        #expect(await call.result == HarnessResult())
        try await harness.stop()
        #expect(harness.counters == ["requests_processed": 1, "bytes": 12])
        #expect(harness.log == [RecordedLine(level: 0, "a call"), RecordedLine(level: 2, "slow")])
        #expect(harness.complaints == [])
        #expect(Noting.events.all == ["init", "initialize", "health", "hook", "shutdown"])
    }

    /// Says when it is released.
    final class Released: HandlerPlugin, ToolPreInvokeHook {
        static let gate = Gate()
        static let released = Gate()

        init() {}

        deinit { Self.released.open() }

        func toolPreInvoke(_: ToolPreInvokePayload, _: HookContext) async -> ToolPreInvokeResult {
            await Self.gate.pass()
            return .proceed
        }
    }

    @Test("a plugin lives until its last call has ended, and no longer")
    func release() async throws {
        var harness: PluginHarness? = try PluginHarness(Released.self)
        var call: HarnessCall? = try #require(try harness?.begin("tool_pre_invoke", payload: .toolCall()))
        await Released.gate.arrival()
        harness = nil
        Released.gate.open()
        #expect(await call?.result == HarnessResult())
        call = nil
        await Released.released.pass()
    }

    struct Unable: HandlerPlugin, ToolPreInvokeHook {
        struct NoServer: Error {}
        func initialize() async throws { throw NoServer() }
        func toolPreInvoke(_: ToolPreInvokePayload, _: HookContext) -> ToolPreInvokeResult { .proceed }
    }

    @Test("a plugin that cannot get ready says why")
    func unable() async throws {
        let harness = try PluginHarness(Unable.self)
        let error = await #expect(throws: HarnessError.self) { try await harness.start() }
        #expect(error?.description == "start failed: NoServer()")
        try await harness.health()
        try await harness.stop()
    }

    /// Keeps what it was given beyond its life.
    struct Outlived: HandlerPlugin {
        static let hosts = Notes<PluginHost>()

        init() {}

        init(configuration: NoConfiguration, host: PluginHost) { Self.hosts.add(host) }

        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, _ in
                for host in Self.hosts.all { host.warn(at: "/late", "too late for a problem") }
                return .proceed
            }
        }
    }

    @Test("a warning after the entry is a line of the log, and nothing after the end")
    func outlived() async throws {
        var harness: PluginHarness? = try PluginHarness(Outlived.self)
        _ = try await harness?.invoke("tool_pre_invoke", payload: .toolCall())
        #expect(harness?.problems == [])
        #expect(harness?.log == [RecordedLine(level: 2, "/late: too late for a problem")])
        harness = nil
        let host = try #require(Outlived.hosts.all.first)
        host.log.info("nobody hears this")
        host.count("nobody_counts_this")
        host.warn("nobody reads this")
    }
}
