/// Where prompts are kept.
///
/// What a method has returned from survives the end of the process.
package protocol PromptStore: Sendable {
    /// All prompts, the oldest first.
    func prompts() async throws -> [Prompt]

    /// Adds a prompt.
    func insert(_ prompt: Prompt) async throws

    /// Replaces the prompt with the same identifier.
    func update(_ prompt: Prompt) async throws

    /// Removes a prompt.
    func delete(id: String) async throws
}
