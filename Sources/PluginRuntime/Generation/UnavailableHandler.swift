import PluginHooks
import PluginPayloads

/// Stands in for a plugin that requests must not go on without: every call of it fails.
final class UnavailableHandler: HookHandler {
    private let message: String

    init(_ message: String) {
        self.message = message
    }

    func run(_ call: HookCall) -> HookProgress {
        .finished(.failed(.unavailable, message: message))
    }
}
