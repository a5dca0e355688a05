package import PluginPayloads
import Synchronization

/// One plugin's part in a hook's plan: who is called, and what its verdicts and errors mean.
package final class PlannedHook: Sendable {
    package let hook: HookName
    package let plugin: String
    /// The key of the plugin's state within a request.
    package let stateKey: Int
    package let account: PluginAccount
    package let handler: any HookHandler
    package let mode: PluginMode
    package let errorPolicy: ErrorPolicy
    package let conditions: HookConditions
    package let timeoutNanoseconds: UInt64
    /// The hook never blocks: it runs on the caller's thread, and cannot be abandoned.
    package let isInline: Bool
    /// The hook never replies, so it may run beside others that do not.
    package let isReadOnly: Bool
    /// A request that the plugin cannot be called for fails, whatever the mode.
    package let isRequired: Bool
    package let priority: Int
    let counters: HookCounters

    package init(
        hook: HookName,
        plugin: String,
        stateKey: Int,
        account: PluginAccount,
        handler: any HookHandler,
        mode: PluginMode,
        errorPolicy: ErrorPolicy,
        conditions: HookConditions,
        timeoutNanoseconds: UInt64,
        isInline: Bool,
        isReadOnly: Bool = false,
        isRequired: Bool = false,
        priority: Int = 100
    ) {
        self.hook = hook
        self.plugin = plugin
        self.stateKey = stateKey
        self.account = account
        self.handler = handler
        self.mode = mode
        self.errorPolicy = errorPolicy
        self.conditions = conditions
        self.timeoutNanoseconds = timeoutNanoseconds
        // A call that may have to wait for another one cannot run on the caller's thread.
        self.isInline = isInline && account.gate == nil
        self.isReadOnly = isReadOnly
        self.isRequired = isRequired
        self.priority = priority
        self.counters = account.counters(for: hook)
    }

    /// What a call becomes whose time is over.
    package var timeout: HookResponse {
        .failed(.timeout, message: "Plugin \(plugin) exceeded \(Seconds.text(timeoutNanoseconds))s timeout")
    }

    /// Notes an error that stops no request; the first one switches the plugin off if `on_error` says so.
    func tolerate(_ error: PluginError, _ observer: any HookObserver) {
        let switchesOff = errorPolicy == .disable && !account.isSwitchedOff.exchange(true, ordering: .relaxed)
        observer.record(switchesOff ? .switchedOff(error, hook: hook) : .errorIgnored(error, hook: hook))
    }

    /// Notes that a worker of the plugin has died that had calls: once, however many those were.
    package func noteCrash(_ message: String, on executor: HookExecutor) {
        guard let change = account.breaker.crash(message) else { return }
        executor.observer.record(.breaker(plugin: plugin, hook: hook, change))
    }

    /// What an error becomes: that a required plugin could not be called stops the request in every mode.
    func policy(for code: PluginError.Code) -> ErrorPolicy {
        isRequired && !code.isFailureOfPlugin ? .fail : errorPolicy
    }

    /// Whether the plugin is called at all.
    var isOn: Bool { !account.isSwitchedOff.load(ordering: .relaxed) }

    /// Asks whether the plugin may be called now.
    func admit(_ observer: any HookObserver) -> Breaker.Admission {
        guard isOn else {
            account.breaker.countRefusal()
            return .refuse("is switched off, because it has failed and has on_error: disable")
        }
        guard account.breaker.asksBefore else { return .call(isTrial: false) }
        let (admission, change) = account.breaker.admit()
        if let change { observer.record(.breaker(plugin: plugin, hook: hook, change)) }
        return admission
    }

    /// Whether the plugin is called for every request.
    var isUnconditional: Bool { conditions.alternatives.isEmpty }

    /// Whether the plugin is called for a request, whose payload was this at first.
    func matches(_ payload: PayloadBlock, of request: RequestState) -> Bool {
        conditions.match(hook: hook, payload: payload, context: request.context)
    }
}

/// Seconds as messages write them: `30`, `0.05`.
package enum Seconds {
    package static func text(_ nanoseconds: UInt64) -> String {
        let whole = nanoseconds / 1_000_000_000
        let rest = nanoseconds % 1_000_000_000
        guard rest != 0 else { return "\(whole)" }
        let digits = String(String(rest + 1_000_000_000).dropFirst())
        return "\(whole).\(digits.reversed().drop { $0 == "0" }.reversed().map(String.init).joined())"
    }
}
