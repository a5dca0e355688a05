import CLinux
import Logging
package import PluginConfig
import PluginHooks
import PluginLoader
public import PluginPayloads
import PluginStore
import PluginWorker
import Synchronization
import YAMLTree

/// Loads plugins and runs their hooks: what a server embeds.
///
/// ```swift
/// let runtime = try await PluginRuntime(configuration: "plugins.yaml")
/// let request = try runtime.request(RequestIdentity(requestID: "42"))
/// let outcome = await request.invoke(.toolPreInvoke, ToolPreInvokePayload(name: "search", args: ["q": "swift"]))
/// await runtime.shutdown()
/// ```
public final class PluginRuntime: Sendable {
    struct State {
        var generation: Generation
        /// The file that the generation was made of.
        var file: LoadedFile<RuntimeConfiguration>
        /// Modes that were set at run time.
        var modes: [String: PluginMode] = [:]
        /// Plugins that the last reload could not load, if that is why it was rejected.
        var rejected: [PluginStatus] = []
        /// Done when the last reload that was asked for is.
        var reloads: Task<Void, Never>?
    }

    let path: String?
    let options: RuntimeOptions
    let hookExecutor: HookExecutor
    let tools: LoadingTools
    let crashes: CrashKeeping
    let reaper: Reaper
    /// Looks after the worker processes of plugins.
    let supervisor = WorkerSupervisor()
    /// Where the threads that run hooks get the workers' results.
    let completions: CompletionSource
    let observer: any HookObserver
    private let health = HealthMonitor()
    let state: Mutex<State>
    let ending = Shutdown()

    /// Loads what a configuration file says.
    ///
    /// Plugins that cannot be loaded are left out, unless `fail_on_plugin_error` is set: see ``plugins``.
    ///
    /// - Parameters:
    ///   - path: The configuration file; without one there are no plugins.
    ///   - options: Where things lie.
    /// - Throws: ``RuntimeError`` with all that is wrong.
    public init(configuration path: String?, options: RuntimeOptions = RuntimeOptions()) async throws(RuntimeError) {
        let configuration = try Self.read(path, options)
        guard let content = configuration.content else { throw RuntimeError(configuration) }
        let settings = content.settings
        self.path = path
        self.options = options
        observer = LogObserver(logger: options.logger)
        do throws(LoadError) { tools = try LoadingTools(options) } catch {
            throw RuntimeError("\(error)", in: path ?? options.storeDirectory)
        }
        crashes = await CrashKeeping.begin(options, settings.quarantine)
        reaper = Reaper(logger: options.logger, timeout: settings.startupTimeout.nanoseconds)
        completions = CompletionSource()
        hookExecutor = HookExecutor(options, settings, source: completions, observer)
        state = Mutex(State(generation: .empty(number: 0, content), file: configuration, modes: options.knownModes))
        do throws(RuntimeError) {
            let modes = options.knownModes
            let generation = try await build(configuration, modes, previous: nil, number: 1).generation
            state.withLock { $0.generation = generation }
            // Files were read whole and checked; what that took is more than a gateway needs afterwards.
            await Offload.run { () throws(Never) in hookgate_return_free_memory() }
            health.start(
                every: settings.healthCheckInterval,
                timeout: settings.pluginTimeout.nanoseconds,
                logger: options.logger
            ) { [weak self] in self?.instances ?? [] }
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
    /// - Parameters:
    ///   - identity: Whose request it is.
    ///   - recordsExecutions: Whether outcomes say what each plugin did, which costs about a microsecond a plugin.
    /// - Returns: The request, which its hooks are invoked on.
    /// - Throws: ``BlockError`` if the user is a value that does not fit into a block.
    public func request(
        _ identity: RequestIdentity,
        recordsExecutions: Bool = false
    ) throws(BlockError) -> HookRequest {
        let context = try RequestContext(identity)
        let generation = state.withLock { $0.generation }
        let request = RequestState(
            context: context,
            plans: generation,
            recordsExecutions: recordsExecutions
        )
        return HookRequest(generation, request, hookExecutor, ending)
    }

    /// All plugins, in the order in which they run.
    ///
    /// After a reload that was rejected because of plugins, these say why: one that runs on does so in its reason, and
    /// one that would have been new is there as failed.
    public var plugins: [PluginStatus] {
        let (members, rejected, modes) = state.withLock { ($0.generation.members, $0.rejected, $0.modes) }
        return members.map { current($0, modes) }.merging(rejected)
    }

    /// The plugins of the generation that new requests get, whatever a rejected reload had to say.
    package var generationPlugins: [PluginStatus] {
        let (members, modes) = state.withLock { ($0.generation.members, $0.modes) }
        return members.map { current($0, modes) }
    }

    private func current(_ member: Generation.Member, _ modes: [String: PluginMode]) -> PluginStatus {
        member.status.current(member.instance, modes, maxLostThreads: hookExecutor.limits.lostThreadsPerPlugin)
    }

    /// Threads inside calls that were answered without them, of all plugins.
    package var lostThreads: Int { hookExecutor.lostThreads.load(ordering: .relaxed) }

    /// How many such threads there may be before no hook is called that may block.
    package var maxLostThreads: Int { hookExecutor.limits.lostThreads }

    private var instances: [PluginInstance] {
        state.withLock { $0.generation }.members.compactMap(\.instance)
    }

    /// The configuration of the generation that new requests get.
    package var configuration: RuntimeConfiguration { state.withLock { $0.generation.configuration } }

    /// The number of the generation that new requests get.
    public var generationNumber: Int { state.withLock { $0.generation.number } }

    /// Stops all plugins, the last one to run first, and ends the threads.
    ///
    /// Requests have to be done before: later ones find no plugin. A plugin that is still inside a hook which did
    /// not return in time is stopped when it returns, if ever.
    public func shutdown() async {
        health.stop()
        ending.begin()
        let reloads = state.withLock { $0.reloads }
        await reloads?.value
        await hookExecutor.drainBackground()
        var instances = takeInstances()
        while let instance = instances.popLast() {
            let lost = instance.account.lostThreads.load(ordering: .relaxed)
            guard lost == 0 else {
                options.logger.warning(
                    "plugin is not stopped: its hooks have not returned",
                    metadata: ["plugin": "\(instance.identity.name)", "lost": "\(lost)"]
                )
                continue
            }
            instance.retire()
        }
        await reaper.drain()
        hookExecutor.stop()
        crashes.end()
    }

    /// Puts an empty generation in the place of the last one.
    ///
    /// - Returns: The instances of the last one, in the order in which they ran.
    private func takeInstances() -> [PluginInstance] {
        let last = state.withLock { state in
            let last = state.generation
            defer { state.generation = .empty(number: last.number + 1, last.configuration) }
            return state.generation
        }
        return last.members.compactMap(\.instance)
    }
}

extension RuntimeError {
    init(_ file: LoadedFile<RuntimeConfiguration>) {
        problems = file.problems.map { RuntimeProblem($0, in: file.source) }
    }

    /// One error that has no place in its file.
    init(_ message: String, in file: String) {
        let problem = ConfigProblem(severity: .error, file: file, position: nil, path: "", message: message)
        self.init(problems: [RuntimeProblem(problem, in: SourceText(bytes: []))])
    }
}

extension RuntimeOptions {
    /// The modes whose words are known; the others come from another version, and are left out with a line in the log.
    fileprivate var knownModes: [String: PluginMode] {
        modes.reduce(into: [:]) { known, entry in
            known[entry.key] = PluginMode(word: entry.value)
            guard known[entry.key] == nil else { return }
            logger.warning("mode is not known", metadata: ["plugin": "\(entry.key)", "mode": "\(entry.value)"])
        }
    }
}

extension HookExecutor {
    fileprivate convenience init(
        _ options: RuntimeOptions,
        _ settings: RuntimeSettings,
        source: any WorkSource,
        _ observer: any HookObserver
    ) {
        let limits = Limits(
            lostThreads: settings.maxLostThreads,
            lostThreadsPerPlugin: settings.maxLostThreadsPerPlugin,
            pool: settings.executionPool
        )
        if let threadCount = options.threadCount {
            self.init(threadCount: threadCount, limits: limits, source: source, observer: observer)
        } else {
            self.init(limits: limits, source: source, observer: observer)
        }
    }
}
