import PluginHooks
import PluginPayloads
import Synchronization

/// An executor for one test, and what it said.
struct Rig {
    let executor: HookExecutor
    let observer: RecordingObserver

    /// Runs a test on an executor of its own, and ends its threads.
    static func run(
        threads: Int = 2,
        limits: HookExecutor.Limits = HookExecutor.Limits(),
        _ test: (Rig) async throws -> Void
    ) async throws {
        let observer = RecordingObserver()
        let rig = Rig(
            executor: HookExecutor(threadCount: threads, limits: limits, observer: observer),
            observer: observer
        )
        defer { rig.executor.stop() }
        try await test(rig)
    }

    func plan(_ hooks: PlannedHook...) -> HookPlan {
        HookPlan(hooks, observer: observer)
    }

    func invoke(_ hooks: PlannedHook..., payload: PayloadBlock = anyPayload) async -> HookOutcome {
        await invoke(HookPlan(hooks, observer: observer), payload: payload, request: RequestState())
    }

    func invoke(_ plan: HookPlan, payload: PayloadBlock = anyPayload, request: RequestState) async -> HookOutcome {
        await plan.invoke(payload, request: request, executor: executor)
    }

    /// Begins a call that goes on beside the test.
    func begin(_ hooks: PlannedHook...) -> Task<HookOutcome, Never> {
        let plan = HookPlan(hooks, observer: observer)
        let request = RequestState()
        return Task { await self.invoke(plan, request: request) }
    }

    /// Waits until the plugin's late hooks have all returned.
    func recovered(_ plugin: FakePlugin, late count: Int, hook: HookName = .toolPreInvoke) async {
        await observer.wait(for: "\(plugin.account.name) \(hook): ended late", count: count)
    }
}

/// What happened, in its order.
final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
