import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

/// What a client sends.
func form(_ json: String) throws -> BlockValue { try PayloadBlock(json: json).root }

/// The hooks of a request that has none.
var nobody: any RequestHooks { ClosureHooks().request }

/// The error that some work ends with: `422 the prompt is not valid: …`.
func refusal(_ work: () async throws -> Void) async throws -> String {
    let error = await #expect(throws: GatewayError.self) { try await work() }
    let refused = try #require(error)
    return "\(refused.status) \(refused.message)"
}

/// A library over prompts in memory, and those prompts.
func library(
    _ prompts: [Prompt] = []
) async throws -> (library: RecordLibrary<Prompt>, store: InMemoryRecords<Prompt>) {
    let store = InMemoryRecords(prompts)
    return (try await RecordLibrary(store) { _, _ in }, store)
}

/// All that a gateway does, over prompts in memory.
func dispatch(_ prompts: [Prompt]) async throws -> GatewayDispatch {
    try await GatewayDispatch(InMemoryStores(prompts), upstream: ClosureUpstream()) { _, _, _ in }
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
