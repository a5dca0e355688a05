import CHookgate
import PluginHooks
import Synchronization

/// One `start`, `stop` or `health` on its way: ended by the plugin, or by the clock.
final class Completion: Sendable {
    private let continuation: Mutex<CheckedContinuation<String?, Never>?>

    private init(_ continuation: CheckedContinuation<String?, Never>) {
        self.continuation = Mutex(continuation)
    }

    /// Runs something that ends by `completed`, on a thread of its own, because it may wait for long.
    ///
    /// - Parameters:
    ///   - nanoseconds: How long it may take.
    ///   - begin: Gets the completion, and hands its handle to the plugin.
    /// - Returns: `nil`, or why it failed.
    static func run(within nanoseconds: UInt64, _ begin: @escaping @Sendable (Completion) -> Void) async -> String? {
        let clock = Mutex<Task<Void, Never>?>(nil)
        let failure = await withCheckedContinuation { continuation in
            let completion = Completion(continuation)
            clock.withLock { clock in
                clock = Task {
                    guard (try? await Task.sleep(nanoseconds: nanoseconds)) != nil else { return }
                    completion.end("was not done within \(Seconds.text(nanoseconds)) s")
                }
            }
            Thread.detach { begin(completion) }
        }
        clock.withLock { $0?.cancel() }
        return failure
    }

    /// What the plugin gives back to `completed`, exactly once; it holds this object until then.
    var handle: OpaquePointer { unsafe OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// Ends what `handle` stands for.
    static func complete(_ handle: OpaquePointer?, status: hg_status, message: String?) {
        guard let handle = unsafe handle else { return }
        let completion = unsafe Unmanaged<Completion>.fromOpaque(UnsafeRawPointer(handle)).takeRetainedValue()
        guard status != HG_OK else { return completion.end(nil) }
        let reason = message.flatMap { $0.isEmpty ? nil : $0 } ?? "returned \(StatusText.of(status))"
        completion.end("failed: \(reason)")
    }

    private func end(_ failure: String?) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: failure)
    }
}
