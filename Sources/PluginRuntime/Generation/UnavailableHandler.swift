import PluginHooks
import PluginPayloads

/// Stands in for a required plugin that is missing: every call of it fails.
final class UnavailableHandler: HookHandler {
    private let message: String

    init(plugin: String) {
        message = "required plugin \(plugin) is not loaded"
    }

    func run(_ call: HookCall) -> HookProgress {
        .finished(.failed(.unavailable, message: message))
    }
}
