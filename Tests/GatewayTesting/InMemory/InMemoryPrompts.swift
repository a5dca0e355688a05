package import GatewayCore
import Synchronization

/// Prompts that are kept as long as the test runs.
package final class InMemoryPrompts: PromptStore {
    private let kept: Mutex<[Prompt]>
    private let failure: Mutex<(any Error)?>

    /// - Parameter prompts: Those that are there from the beginning.
    package init(_ prompts: [Prompt] = []) {
        kept = Mutex(prompts)
        failure = Mutex(nil)
    }

    /// What is kept now.
    package var all: [Prompt] { kept.withLock { $0 } }

    /// Makes all writes fail from now on.
    package func fail(_ error: any Error) {
        failure.withLock { $0 = error }
    }

    package func prompts() async throws -> [Prompt] { all }

    package func insert(_ prompt: Prompt) async throws {
        try write { $0 + [prompt] }
    }

    package func update(_ prompt: Prompt) async throws {
        try write { prompts in prompts.map { $0.id == prompt.id ? prompt : $0 } }
    }

    package func delete(id: String) async throws {
        try write { prompts in prompts.filter { $0.id != id } }
    }

    private func write(_ body: ([Prompt]) -> [Prompt]) throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
        kept.withLock { $0 = body($0) }
    }
}
