/// What all routes work with: nothing else reaches a tool, a prompt, a resource or an agent, and nothing here does
/// without their hooks.
///
/// Its libraries are for those who manage records.
package struct GatewayDispatch: Sendable {
    package let prompts: RecordLibrary<Prompt>
    package let tools: RecordLibrary<Tool>
    package let resources: RecordLibrary<Resource>
    package let agents: RecordLibrary<Agent>
    /// Their hooks run when they are registered.
    package let servers: RecordLibrary<Server>
    let upstream: any HTTPUpstream
    let repetition: Repetition

    /// Reads all records.
    ///
    /// - Parameters:
    ///   - stores: Where records are kept; nobody else writes there.
    ///   - upstream: How other servers are asked.
    ///   - repetition: How often calls are repeated that plugins want repeated.
    ///   - unusable: Is told of a record that was stored by another version and is not usable in this one: its kind,
    ///     its key, and why.
    /// - Throws: What a store throws.
    package init(
        _ stores: any RecordStores,
        upstream: any HTTPUpstream,
        repetition: Repetition = Repetition(),
        unusable: (_ kind: String, _ key: String, GatewayError) -> Void
    ) async throws {
        self.upstream = upstream
        self.repetition = repetition
        prompts = try await Self.library(stores, unusable)
        tools = try await Self.library(stores, unusable)
        resources = try await Self.library(stores, unusable)
        agents = try await Self.library(stores, unusable)
        servers = try await Self.library(stores, unusable)
    }

    private static func library<Record: GatewayRecord>(
        _ stores: any RecordStores,
        _ unusable: (String, String, GatewayError) -> Void
    ) async throws -> RecordLibrary<Record> {
        try await RecordLibrary(stores.store(of: Record.self)) { unusable(Record.kind, $0.key, $1) }
    }
}
