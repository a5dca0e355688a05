import PluginHooks
import PluginPayloads
import Synchronization

/// A plugin made for a test: its hook is a closure, and its account can be asked what happened.
final class FakePlugin: HookHandler {
    typealias Body = @Sendable (HookCall) -> HookProgress

    /// A timeout that no test waits for.
    static let patient: UInt64 = 120_000_000_000
    /// A timeout for calls that are meant to be late.
    static let brief: UInt64 = 20_000_000

    let account: PluginAccount
    /// How often each call was cancelled.
    let cancellations = Atomic<Int>(0)
    private let body: Body
    private let onCancel: @Sendable (HookCall) -> Void

    init(
        _ name: String = "fake",
        isSerial: Bool = false,
        sharing account: PluginAccount? = nil,
        onCancel: @escaping @Sendable (HookCall) -> Void = { _ in },
        _ body: @escaping Body
    ) {
        self.account = account ?? PluginAccount(name: name, isSerial: isSerial)
        self.body = body
        self.onCancel = onCancel
    }

    /// A plugin that does nothing.
    convenience init(_ name: String = "fake") {
        self.init(name) { _ in .finished(.nothing) }
    }

    func run(_ call: HookCall) -> HookProgress { body(call) }

    func cancel(_ call: HookCall) {
        cancellations.add(1, ordering: .relaxed)
        onCancel(call)
    }

    var cancelled: Int { cancellations.load(ordering: .relaxed) }

    /// The plugin's part in a plan.
    func planned(
        on hook: HookName = .toolPreInvoke,
        stateKey: Int = 0,
        mode: PluginMode = .enforce,
        onError: ErrorPolicy? = nil,
        failOnPluginError: Bool = false,
        conditions: [HookConditions.Alternative] = [],
        timeout: UInt64 = FakePlugin.patient,
        isInline: Bool = false,
        isReadOnly: Bool = false,
        isRequired: Bool = false,
        priority: Int = 100
    ) -> PlannedHook {
        PlannedHook(
            hook: hook,
            plugin: account.name,
            stateKey: stateKey,
            account: account,
            handler: self,
            mode: mode,
            errorPolicy: ErrorPolicy(explicit: onError, failOnPluginError: failOnPluginError, mode: mode),
            conditions: HookConditions(conditions),
            timeoutNanoseconds: timeout,
            isInline: isInline,
            isReadOnly: isReadOnly,
            isRequired: isRequired,
            priority: priority
        )
    }
}

extension PluginAccount {
    /// All that is counted, as text: `calls 1, errors 1`; what is 0 is left out.
    var counts: String {
        let counters = [
            ("calls", totals.calls),
            ("blocks", totals.blocks),
            ("modifications", totals.modifications),
            ("errors", totals.errors),
            ("timeouts", totals.timeouts),
            ("late", late.load(ordering: .relaxed)),
            ("overruns", overruns.load(ordering: .relaxed)),
            ("lost", lostThreads.load(ordering: .relaxed)),
        ]
        let text = counters.filter { $0.1 != 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return isSwitchedOff.load(ordering: .relaxed) ? "\(text), off" : text
    }
}
