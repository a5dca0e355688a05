import CHookgate
import Synchronization

/// What stands behind `hg_registrar`: takes registrations while the entry runs, and refuses them afterwards.
///
/// It lives as long as the plugin, since a plugin that breaks the rules may keep its address.
final class Registrar: Sendable {
    private struct State {
        var registration = Registration()
        var isOpen = true
    }

    private let state = Mutex(State())

    /// What the entry gets; valid as long as this object.
    var handle: OpaquePointer { unsafe OpaquePointer(Unmanaged.passUnretained(self).toOpaque()) }

    static func from(_ handle: OpaquePointer?) -> Registrar? {
        guard let handle = unsafe handle else { return nil }
        return unsafe Unmanaged<Registrar>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
    }

    /// Changes the registration.
    ///
    /// - Returns: What `change` returns, or that the entry is over.
    func record(_ change: (inout Registration) -> hg_status) -> hg_status {
        state.withLock { state in
            guard state.isOpen else { return hg_status(HG_E_STATE) }
            return change(&state.registration)
        }
    }

    /// Ends the registration.
    func close() -> Registration {
        state.withLock { state in
            state.isOpen = false
            return state.registration
        }
    }
}
