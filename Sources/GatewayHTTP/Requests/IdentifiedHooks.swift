import GatewayCore
import Synchronization

/// The hooks of a request as they are when it is answered: by then its route may know the caller.
final class IdentifiedHooks: Sendable {
    private let hooks: Mutex<any RequestHooks>

    init(_ hooks: any RequestHooks) {
        self.hooks = Mutex(hooks)
    }

    /// Those of now.
    var latest: any RequestHooks { hooks.withLock { $0 } }

    func set(_ hooks: any RequestHooks) {
        self.hooks.withLock { $0 = hooks }
    }
}
