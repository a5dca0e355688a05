import CHookgate
import PluginHooks
import Synchronization

/// One `start`, `stop` or `health` on its way: ended by the plugin, or by the clock.
final class Completion: Sendable {
    private enum State {
        case running(CheckedContinuation<String?, Never>?)
        case ended(failure: String?)
    }

    private let state = Mutex(State.running(nil))
    /// Stays as long as the plugin may be at work, however late it is.
    private let owner: NativeInstance
    private let whenLate: @Sendable () -> Void

    /// - Parameters:
    ///   - owner: The plugin that is at work.
    ///   - whenLate: Called when the plugin succeeds after its time.
    init(of owner: NativeInstance, whenLate: @escaping @Sendable () -> Void) {
        self.owner = owner
        self.whenLate = whenLate
    }

    /// Runs something that ends by `completed`, on a thread of its own, because it may wait for long.
    ///
    /// - Parameters:
    ///   - nanoseconds: How long it may take.
    ///   - begin: Hands the handle to the plugin.
    /// - Returns: `nil`, or why it failed.
    func run(within nanoseconds: UInt64, _ begin: @escaping @Sendable (Completion) -> Void) async -> String? {
        let clock = Task {
            guard (try? await Task.sleep(nanoseconds: nanoseconds)) != nil else { return }
            _ = end("was not done within \(Seconds.text(nanoseconds)) s")
        }
        defer { clock.cancel() }
        Thread.detach { begin(self) }
        return await withCheckedContinuation { continuation in
            let failure: String?? = state.withLock { state in
                if case .ended(let failure) = state { return .some(failure) }
                state = .running(continuation)
                return nil
            }
            if let failure { continuation.resume(returning: failure) }
        }
    }

    /// What the plugin gives back to `completed`, exactly once; it holds this object until then.
    var handle: OpaquePointer { unsafe OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// Ends what `handle` stands for.
    static func complete(_ handle: OpaquePointer?, status: hg_status, message: String?) {
        guard let handle = unsafe handle else { return }
        let completion = unsafe Unmanaged<Completion>.fromOpaque(UnsafeRawPointer(handle)).takeRetainedValue()
        guard status != HG_OK else {
            if !completion.end(nil) { completion.whenLate() }
            return
        }
        let reason = message.flatMap { $0.isEmpty ? nil : $0 } ?? "returned \(StatusText.of(status))"
        _ = completion.end("failed: \(reason)")
    }

    /// - Returns: `false` if it had ended before.
    private func end(_ failure: String?) -> Bool {
        let (isFirst, waiting) = state.withLock { state -> (Bool, CheckedContinuation<String?, Never>?) in
            guard case .running(let waiting) = state else { return (false, nil) }
            state = .ended(failure: failure)
            return (true, waiting)
        }
        waiting?.resume(returning: failure)
        return isFirst
    }
}
