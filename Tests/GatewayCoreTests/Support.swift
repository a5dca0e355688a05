import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

/// The form that a JSON text gives.
func form(_ json: String) throws -> PromptForm {
    try PromptForm(PayloadBlock(json: json).root)
}

/// The error that some work ends with: `422 the prompt is not valid: …`.
func refusal(_ work: () async throws -> Void) async throws -> String {
    let error = await #expect(throws: GatewayError.self) { try await work() }
    let refused = try #require(error)
    return "\(refused.status) \(refused.message)"
}

/// A library over prompts in memory, and those prompts.
func library(_ prompts: [Prompt] = []) async throws -> (library: PromptLibrary, store: InMemoryPrompts) {
    let store = InMemoryPrompts(prompts)
    return (try await PromptLibrary(store) { _, _ in }, store)
}

extension Prompt {
    /// A prompt whose identifier and times are known.
    init(_ name: String, template: String = "Hello {{ user }}", description: String? = nil, required: [String] = []) {
        self.init(
            id: "id-of-\(name)",
            name: name,
            template: template,
            description: description,
            arguments: required.map { Argument(name: $0, isRequired: true) },
            createdAt: "2026-01-01T00:00:00.000Z",
            updatedAt: "2026-01-01T00:00:00.000Z"
        )
    }
}
