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
        case .overran(let plugin, let hook, let nanoseconds):
            let took = Seconds.text(nanoseconds)
            log(.warning, "inline hook took longer than its timeout", plugin, hook, ["seconds": "\(took)"])
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
