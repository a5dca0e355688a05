import Logging
import PluginConfig
import PluginHooks
import PluginLoader
public import PluginPayloads
import PluginStore
import Synchronization

/// Loads plugins and runs their hooks: what a server embeds.
///
/// ```swift
/// let runtime = try await PluginRuntime(configuration: "plugins.yaml")
/// let request = try runtime.request(RequestIdentity(requestID: "42"))
/// let outcome = await request.invoke(.toolPreInvoke, ToolPreInvokePayload(name: "search", args: ["q": "swift"]))
/// await runtime.shutdown()
/// ```
public final class PluginRuntime: Sendable {
    private struct State {
        var generation: Generation
        var reloads: Task<Void, Never>?
        var reloadCount = 0
    }

    private let path: String
    private let options: RuntimeOptions
    private let hookExecutor: HookExecutor
    private let tools: LoadingTools
    private let reaper: Reaper
    private let observer: any HookObserver
    private let state: Mutex<State>

    /// Loads what a configuration file says.
    ///
    /// Plugins that cannot be loaded are left out, unless `fail_on_plugin_error` is set: see ``plugins``.
    ///
    /// - Parameters:
    ///   - path: The configuration file.
    ///   - options: Where things lie.
    /// - Throws: ``RuntimeError`` with all that is wrong.
    public init(configuration path: String, options: RuntimeOptions = RuntimeOptions()) async throws(RuntimeError) {
        let configuration = try Self.read(path)
        let settings = configuration.content.settings
        self.path = path
        self.options = options
        observer = LogObserver(logger: options.logger)
        tools = try LoadingTools(options)
        reaper = Reaper(logger: options.logger, timeout: settings.startupTimeout.nanoseconds)
        hookExecutor = HookExecutor(options, settings, observer)
        state = Mutex(State(generation: Generation(number: 0, registry: HookRegistry(), members: [])))
        do throws(RuntimeError) {
            let generation = try await build(configuration, previous: nil, number: 1)
            state.withLock { $0.generation = generation }
        } catch {
            await shutdown()
            throw error
        }
    }

    /// The threads that run hooks.
    ///
    /// A task that prefers them calls hooks without changing its thread:
    /// `withTaskExecutorPreference(runtime.executor) { … }` around a server's whole work.
    public var executor: any TaskExecutor { hookExecutor }

    /// Begins a request with the plugins of now.
    ///
    /// - Parameter identity: Whose request it is.
    /// - Returns: The request, which its hooks are invoked on.
    /// - Throws: ``BlockError`` if the user is a value that does not fit into a block.
    public func request(_ identity: RequestIdentity) throws(BlockError) -> HookRequest {
        let context = try RequestContext(identity)
        return HookRequest(state.withLock { $0.generation }, RequestState(context: context), hookExecutor)
    }

    /// All plugins, in the order in which they run.
    public var plugins: [PluginStatus] {
        state.withLock { $0.generation }.members.map { $0.status.counted($0.instance) }
    }

    /// The number of the generation that new requests get.
    public var generationNumber: Int { state.withLock { $0.generation.number } }

    /// Reads the configuration again, and puts a new generation in the place of the old one.
    ///
    /// Requests that have begun go on with the old one. Reloads run one after the other.
    ///
    /// - Returns: The warnings.
    /// - Throws: ``RuntimeError`` with all that is wrong; then nothing has changed.
    @discardableResult
    public func reload() async throws(RuntimeError) -> [RuntimeProblem] {
        let result = Mutex<Result<[RuntimeProblem], RuntimeError>>(.success([]))
        let turn = state.withLock { state in
            let previous = state.reloads
            let task = Task {
                await previous?.value
                let outcome = await self.reloadNow()
                result.withLock { $0 = outcome }
            }
            state.reloads = task
            return task
        }
        await turn.value
        return try result.withLock { $0 }.get()
    }

    private func reloadNow() async -> Result<[RuntimeProblem], RuntimeError> {
        do throws(RuntimeError) {
            let configuration = try Self.read(path)
            let (previous, number) = state.withLock { ($0.generation, $0.generation.number + 1) }
            var warnings: [RuntimeProblem] = []
            let generation = try await build(configuration, previous: previous, number: number, &warnings)
            state.withLock { $0.generation = generation }
            await removeUnusedFiles()
            return .success(warnings)
        } catch {
            return .failure(error)
        }
    }

    /// Stops all plugins, the last one to run first. Requests have to be done before.
    public func shutdown() async {
        let last = state.withLock { state in
            defer { state.generation = Generation(number: state.generation.number + 1, registry: HookRegistry(), members: []) }
            return state.generation
        }
        _ = consume last
        await reaper.drain()
        hookExecutor.stop()
    }
}
