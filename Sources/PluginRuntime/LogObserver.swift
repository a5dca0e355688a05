import Logging
import PluginHooks
import PluginPayloads

/// Writes what is worth a line to the log.
struct LogObserver: HookObserver {
    let logger: Logger

    func record(_ event: HookEvent) {
        switch event {
        case .violationIgnored(let plugin, let hook, let violation):
            log(.notice, "violation not enforced by the plugin's mode", plugin, hook, ["code": "\(violation.code)"])
        case .errorIgnored(let error, let hook):
            log(.warning, "plugin error ignored", error.pluginName, hook, error.metadata)
        case .switchedOff(let error, let hook):
            log(.error, "plugin switched off by on_error: disable", error.pluginName, hook, error.metadata)
        case .fieldsDropped(let plugin, let hook, let fields):
            let names = fields.joined(separator: ", ")
            log(
                .warning,
                "plugin changed fields that this hook does not let it change",
                plugin,
                hook,
                ["fields": "\(names)"]
            )
        case .threadLost(let plugin, let hook, let lost):
            log(.error, "hook did not return in time; its thread is given up", plugin, hook, ["lost": "\(lost)"])
        case .endedLate(let plugin, let hook):
            log(.warning, "hook returned after it was answered", plugin, hook, [:])
        case .dropped(let plugin, let hook, let count):
            log(.error, "background calls dropped: too many were waiting", plugin, hook, ["dropped": "\(count)"])
        case .threadLimit(let plugin, let lost, let isReached): logThreadLimit(plugin, lost, isReached)
        case .totalThreadLimit(let lost, let isReached): logThreadLimit(nil, lost, isReached)
        case .breaker(let plugin, let hook, let change): logBreaker(plugin, hook, change)
        case .overran(let plugin, let hook, let nanoseconds):
            let took = Seconds.text(nanoseconds)
            log(.warning, "inline hook took longer than its timeout", plugin, hook, ["seconds": "\(took)"])
        }
    }

    /// Writes that a limit of lost threads is reached, or not any more: of a plugin, or without one of all together.
    private func logThreadLimit(_ plugin: String?, _ lost: Int, _ isReached: Bool) {
        var metadata: Logger.Metadata = ["lost": "\(lost)"]
        if let plugin { metadata["plugin"] = "\(plugin)" }
        let key = plugin == nil ? "max_lost_threads" : "max_lost_threads_per_plugin"
        if isReached {
            let who = plugin == nil ? "no plugin that may block is called" : "plugin is not called"
            logger.error("\(who) until a hook returns: too many have not (\(key))", metadata: metadata)
        } else {
            logger.notice("\(plugin == nil ? "plugins are" : "plugin is") called again (\(key))", metadata: metadata)
        }
    }

    private func logBreaker(_ plugin: String, _ hook: HookName, _ change: Breaker.Change) {
        switch change {
        case .opened(let cause, let time, let lastError):
            let metadata: Logger.Metadata = [
                "cause": "\(cause)", "seconds": "\(Seconds.text(time))", "reason": "\(lastError)",
            ]
            log(.error, "plugin switched off for a while by its breaker", plugin, hook, metadata)
        case .triesAgain: log(.notice, "plugin is tried again by one call", plugin, hook, [:])
        case .closed: log(.notice, "plugin works again; its breaker is closed", plugin, hook, [:])
        }
    }

    private func log(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ plugin: String,
        _ hook: HookName,
        _ metadata: Logger.Metadata
    ) {
        var metadata = metadata
        metadata["plugin"] = "\(plugin)"
        metadata["hook"] = "\(hook)"
        logger.log(level: level, message, metadata: metadata)
    }
}

extension PluginError {
    fileprivate var metadata: Logger.Metadata { ["code": "\(code)", "reason": "\(message)"] }
}
