import CHookgate
import Synchronization

/// The call's `user` pointer, as the place where `cancel` finds the task.
///
/// It holds `none`, or an owned reference to the ``AsyncCall``, or `cancelled`. Whoever exchanges the reference away owns
/// it: the handler's end, or `cancel`, which may come at any moment of the call and at most once. Both find the call's
/// memory there: the one comes before `complete`, and during the other the runtime keeps it.
extension HookCall {
    private static var none: UInt { 0 }
    private static var cancelled: UInt { 1 }

    /// - Returns: False if the call was already cancelled.
    func setCanceller(_ canceller: AsyncCall) -> Bool {
        let reference = unsafe Unmanaged.passRetained(canceller)
        let stored = unsafe user.pointee.compareExchange(
            expected: Self.none,
            desired: UInt(bitPattern: reference.toOpaque()),
            ordering: .acquiringAndReleasing
        ).exchanged
        if !stored { unsafe reference.release() }
        return stored
    }

    /// - Returns: Whether it was still there: it is gone once the call is cancelled.
    func removeCanceller() -> Bool {
        takeCanceller(leaving: Self.none) != nil
    }

    /// Cancels the task, if there is one, or if there will be one.
    func cancel() {
        takeCanceller(leaving: Self.cancelled)?.cancel()
    }

    private func takeCanceller(leaving mark: UInt) -> AsyncCall? {
        let found = unsafe user.pointee.exchange(mark, ordering: .acquiringAndReleasing)
        guard found != Self.cancelled, let reference = unsafe UnsafeRawPointer(bitPattern: found) else { return nil }
        return unsafe Unmanaged<AsyncCall>.fromOpaque(reference).takeRetainedValue()
    }

    /// The pointer as an atomic word, which has the same size and alignment; the runtime never reads it.
    private var user: UnsafeMutablePointer<Atomic<UInt>> {
        guard let offset = unsafe MemoryLayout<hg_call>.offset(of: \.user) else {
            preconditionFailure("a field of a C struct has an offset")
        }
        return unsafe (UnsafeMutableRawPointer(pointer) + offset).assumingMemoryBound(to: Atomic<UInt>.self)
    }
}
