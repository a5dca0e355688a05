import Synchronization

/// Waits for something that may never end.
enum Patience {
    /// - Parameters:
    ///   - duration: How long to wait.
    ///   - message: The answer when that was too short; the work is left behind.
    ///   - work: The work.
    /// - Returns: What the work answers, or the message.
    static func wait(
        _ duration: Duration,
        orSay message: String,
        _ work: @escaping @Sendable () async -> String?
    ) async -> String? {
        let clock = Mutex<Task<Void, Never>?>(nil)
        let answer = await withCheckedContinuation { continuation in
            let waiting = Waiting(continuation)
            Task { waiting.end(await work()) }
            clock.withLock { clock in
                clock = Task {
                    guard (try? await Task.sleep(for: duration)) != nil else { return }
                    waiting.end(message)
                }
            }
        }
        clock.withLock { $0 }?.cancel()
        return answer
    }

    /// Somebody who waits for the first of two.
    private final class Waiting: Sendable {
        private let continuation: Mutex<CheckedContinuation<String?, Never>?>

        init(_ continuation: CheckedContinuation<String?, Never>) {
            self.continuation = Mutex(continuation)
        }

        func end(_ answer: String?) {
            continuation.withLock { $0.take() }?.resume(returning: answer)
        }
    }
}
