package import PluginPayloads

/// Gets told what is worth a log line.
///
/// It is called on the threads that run hooks, and never for a hook that just does its work.
package protocol HookObserver: Sendable {
    /// Takes note of an event.
    func record(_ event: HookEvent)
}

/// Something that an operator wants to know of.
package enum HookEvent: Sendable {
    /// A violation that the plugin's mode does not enforce.
    case violationIgnored(plugin: String, hook: HookName, PluginViolation)
    /// An error that the plugin's mode or `on_error` lets pass.
    case errorIgnored(PluginError, hook: HookName)
    /// An error after which the plugin is not called again.
    case switchedOff(PluginError, hook: HookName)
    /// Fields of a reply that the hook's policy does not let plugins change.
    case fieldsDropped(plugin: String, hook: HookName, fields: [String])
    /// A hook, or other code of a call, whose thread was given up at its deadline.
    case threadLost(plugin: String, hook: HookName, lost: Int)
    /// Code of a plugin that has returned after its thread was given up.
    case endedLate(plugin: String, hook: HookName)
    /// Background calls that were dropped, because too many were waiting.
    case dropped(plugin: String, hook: HookName, count: Int)
    /// A plugin that is not called any more because too many of its calls have not returned, or is called again.
    case threadLimit(plugin: String, lost: Int, isReached: Bool)
    /// The same of all plugins whose hooks may block.
    case totalThreadLimit(lost: Int, isReached: Bool)
    /// A plugin's breaker has opened, tries again, or has closed.
    case breaker(plugin: String, hook: HookName, Breaker.Change)
    /// An inline hook that took longer than its timeout.
    case overran(plugin: String, hook: HookName, nanoseconds: UInt64)
}
