import CHookgate
import PluginHooks
import Synchronization

/// One `start`, `stop` or `health` on its way: done when its function has returned and the plugin has said that it is
/// done, or over when its time is.
final class Completion: Sendable {
    private struct State {
        /// Stays as long as the plugin is at work, however late it is.
        var owner: NativeInstance?
        /// What the plugin said: `nil` inside if it succeeded.
        var report: String??
        var hasReturned = false
        var isOver = false
        var waiting: CheckedContinuation<String?, Never>?
    }

    private let state: Mutex<State>
    private let whenDone: @Sendable (_ succeeded: Bool, _ isLate: Bool) -> Void

    /// Makes what a plugin will end.
    ///
    /// - Parameters:
    ///   - owner: The plugin that is at work.
    ///   - whenDone: Called once when the plugin is done, in its time or later.
    init(of owner: NativeInstance, whenDone: @escaping @Sendable (_ succeeded: Bool, _ isLate: Bool) -> Void) {
        state = Mutex(State(owner: owner))
        self.whenDone = whenDone
    }

    /// Runs a function on a thread of its own, because it may wait for long.
    ///
    /// - Parameters:
    ///   - nanoseconds: How long it may take until it is done.
    ///   - function: Hands the handle to the plugin.
    /// - Returns: `nil`, or why it failed.
    func run(within nanoseconds: UInt64, _ function: @escaping @Sendable (Completion) -> Void) async -> String? {
        let clock = Task { [weak self] in
            guard (try? await Task.sleep(nanoseconds: nanoseconds)) != nil else { return }
            self?.giveUp(after: nanoseconds)
        }
        defer { clock.cancel() }
        return await withCheckedContinuation { continuation in
            state.withLock { $0.waiting = continuation }
            Thread.detach { [self] in
                function(self)
                finish { $0.hasReturned = true }
            }
        }
    }

    /// What the plugin gives back to `completed`, exactly once; it holds this object until then.
    var handle: OpaquePointer { unsafe OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// Ends what `handle` stands for.
    static func complete(_ handle: OpaquePointer?, status: hg_status, message: String?) {
        guard let handle = unsafe handle else { return }
        let completion = unsafe Unmanaged<Completion>.fromOpaque(UnsafeRawPointer(handle)).takeRetainedValue()
        let reason = message.flatMap { $0.isEmpty ? nil : $0 } ?? "returned \(StatusText.of(status))"
        completion.finish { $0.report = .some(status == HG_OK ? nil : "failed: \(reason)") }
    }

    /// Takes one of the two steps to the end; after the last one the plugin is free.
    private func finish(_ step: (inout State) -> Void) {
        var last: State?
        state.withLock { state in
            step(&state)
            guard state.hasReturned, state.report != nil else { return }
            last = state
            (state.owner, state.waiting) = (nil, nil)
        }
        guard let last, let failure = last.report else { return }
        whenDone(failure == nil, last.isOver)
        // The last one to hold a plugin destroys it, and that is not to happen inside one of its own functions.
        if last.isOver, let owner = last.owner { Thread.detach { withExtendedLifetime(owner) {} } }
        last.waiting?.resume(returning: failure)
    }

    /// Answers for a plugin whose time is over.
    private func giveUp(after nanoseconds: UInt64) {
        let (waiting, report) = state.withLock { state in
            defer { state.waiting = nil }
            state.isOver = state.waiting != nil
            return (state.waiting, state.report)
        }
        // One that said that it is done, but did not return, is not to blame for more than that.
        waiting?.resume(returning: report ?? "was not done within \(Seconds.text(nanoseconds)) s")
    }
}
