package import PluginConfig
import PluginHooks
public import PluginPayloads
import Synchronization

/// One request: its hooks see the same plugins, and the state that the earlier ones left.
///
/// It keeps its generation until it is gone, so a reload in the middle does not change what it sees.
public final class HookRequest: Sendable {
    private let generation: Generation
    private let state: RequestState
    private let executor: HookExecutor
    private let shutdown: Shutdown

    init(_ generation: Generation, _ state: RequestState, _ executor: HookExecutor, _ shutdown: Shutdown) {
        self.generation = generation
        self.state = state
        self.executor = executor
        self.shutdown = shutdown
    }

    /// The number of the generation that the request sees.
    public var generationNumber: Int { generation.number }

    /// Whose request it is.
    public var identity: RequestIdentity { state.context.identity }

    /// The same request, of which more is known, such as the user: the same plugins, and what they remember.
    ///
    /// - Parameter identity: What is known now.
    /// - Returns: The request, for the hooks that follow.
    /// - Throws: ``BlockError`` if the user is a value that does not fit into a block.
    public func identified(as identity: RequestIdentity) throws(BlockError) -> HookRequest {
        let state = RequestState(context: try RequestContext(identity), continuing: state)
        return HookRequest(generation, state, executor, shutdown)
    }

    /// Puts a value into the request's global metadata, which all its plugins can read.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The value.
    public func setMetadata(_ key: String, _ value: PayloadBlock) {
        state.setGlobalMetadata(key, value)
    }

    /// What the request's generation says of prompts.
    package var promptSettings: PromptSettings { generation.configuration.prompts }

    /// Whether any plugin has registered a hook.
    ///
    /// - Parameter hook: The hook.
    /// - Returns: Whether `invoke` would find a plugin.
    public func hasPlugins(for hook: HookName) -> Bool {
        generation.registry.plan(for: hook) != nil
    }

    /// Runs a hook's plugins, one after the other.
    ///
    /// On a task that prefers ``PluginRuntime/executor`` this stays on the task's thread; from elsewhere it costs a
    /// change of threads, unless no plugin may block.
    ///
    /// - Parameters:
    ///   - hook: The hook, standard or custom.
    ///   - payload: An object with the hook's fields.
    /// - Returns: What became of the payload.
    public func invoke(_ hook: HookName, _ payload: PayloadBlock) async -> HookOutcome {
        guard let plan = generation.registry.plan(for: hook) else { return HookOutcome() }
        if shutdown.hasBegun { return Shutdown.outcome }
        return await plan.invoke(payload, request: state, executor: executor)
    }

    /// Runs a standard hook with its own payload.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - payload: Its payload.
    /// - Returns: What became of the payload.
    /// - Throws: ``BlockError`` if the payload holds what no block can.
    public func invoke<Payload: StandardPayload>(
        _ hook: HookPoint<Payload>,
        _ payload: Payload
    ) async throws(BlockError) -> HookOutcome {
        await invoke(hook.name, try payload.block)
    }

    /// Runs a custom hook with a payload of the program's own.
    ///
    /// - Parameters:
    ///   - hook: The hook's name.
    ///   - payload: Its payload, which is encoded, and decoded again if a plugin has changed it.
    /// - Returns: The outcome, and the payload after all changes.
    /// - Throws: That the payload cannot be encoded, or that what plugins made of it cannot be decoded.
    public func invoke<Payload: Codable & Sendable>(
        _ hook: HookName,
        encoding payload: Payload
    ) async throws -> (outcome: HookOutcome, payload: Payload) {
        let outcome = await invoke(hook, try PayloadBlock(encoding: payload))
        guard let modified = outcome.modifiedPayload else { return (outcome, payload) }
        return (outcome, try modified.decode(Payload.self))
    }
}

/// Whether a runtime is shut down: then no thread is left that could run a hook.
final class Shutdown: Sendable {
    private let flag = Atomic<Bool>(false)

    var hasBegun: Bool { flag.load(ordering: .relaxed) }

    func begin() {
        flag.store(true, ordering: .relaxed)
    }

    /// What a hook that has plugins answers afterwards: nothing passes a plugin unseen.
    static var outcome: HookOutcome {
        let error = PluginError(code: .unavailable, message: "the runtime is shut down")
        return HookOutcome(continueProcessing: false, error: error)
    }
}
