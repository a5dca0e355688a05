import Synchronization

/// Runs pieces of asynchronous work one after the other, in the order in which they were given.
final class SerialWork: Sendable {
    private let last = Mutex<Task<Void, Never>?>(nil)

    /// Runs a piece of work when all earlier ones are done.
    ///
    /// The work is finished even if the caller is cancelled: it may already have been half done.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let work = last.withLock { last in
            let previous = last
            let work = Task {
                await previous?.value
                return try await body()
            }
            last = Task { _ = await work.result }
            return work
        }
        return try await work.value
    }
}
