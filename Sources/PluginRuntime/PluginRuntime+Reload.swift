import CLinux
import Logging
import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginStore
import Synchronization
import YAMLTree

extension PluginRuntime {
    /// Reads the configuration again, and puts a new generation in the place of the old one.
    ///
    /// Requests that have begun go on with the old one. Reloads run one after the other.
    ///
    /// - Returns: The warnings.
    /// - Throws: ``RuntimeError`` with all that is wrong; then nothing has changed.
    @discardableResult
    public func reload() async throws(RuntimeError) -> [RuntimeProblem] {
        try await inTurn { () async throws(RuntimeError) in
            let file = try Self.read(self.path, self.options)
            return try await self.replaceGeneration(by: file, self.state.withLock { $0.modes })
        }
    }

    /// The words that ``setMode(_:of:)`` takes.
    public static var modes: [String] { PluginMode.words.map(\.0) }

    /// The modes that were set at run time, by the names of the plugins.
    public var modes: [String: String] { state.withLock { $0.modes }.mapValues(\.rawValue) }

    /// Sets the mode of a plugin, over that of the configuration, by a new generation of the same configuration.
    ///
    /// The configuration file is not read again, but files of plugins are. Reloads keep the mode.
    ///
    /// - Parameters:
    ///   - word: One of ``modes``; `nil` for what the configuration says.
    ///   - plugin: The plugin's name.
    /// - Throws: ``RuntimeError`` with all that is wrong; then nothing has changed.
    public func setMode(_ word: String?, of plugin: String) async throws(RuntimeError) {
        let mode = word.flatMap(PluginMode.init(word:))
        if let word, mode == nil {
            let known = Self.modes.joined(separator: ", ")
            throw RuntimeError("there is no mode \"\(word)\"; there are \(known)", in: path ?? "")
        }
        try await inTurn { () async throws(RuntimeError) in
            let (file, members, old) = self.state.withLock { ($0.file, $0.generation.members, $0.modes) }
            guard members.contains(where: { $0.status.name == plugin }) else {
                let names = members.map(\.status.name).joined(separator: ", ")
                throw RuntimeError("there is no plugin \"\(plugin)\"; there are \(names)", in: self.path ?? "")
            }
            var modes = old
            modes[plugin] = mode
            return try await self.replaceGeneration(by: file, modes)
        }
    }

    /// Does something after all reloads that were asked for before it.
    @discardableResult
    private func inTurn(
        _ body: @escaping @Sendable () async throws(RuntimeError) -> [RuntimeProblem]
    ) async throws(RuntimeError) -> [RuntimeProblem] {
        let turn = state.withLock { state in
            let previous = state.reloads
            let turn = Task {
                await previous?.value
                self.state.withLock { $0.rejected = [] }
                return await Self.result(of: body)
            }
            state.reloads = Task { _ = await turn.value }
            return turn
        }
        return try await turn.value.get()
    }

    private static func result(
        of body: @Sendable () async throws(RuntimeError) -> [RuntimeProblem]
    ) async -> Result<[RuntimeProblem], RuntimeError> {
        do throws(RuntimeError) { return .success(try await body()) } catch { return .failure(error) }
    }

    /// Puts a new generation in the place of the one that runs.
    private func replaceGeneration(
        by file: LoadedFile<RuntimeConfiguration>,
        _ modes: [String: PluginMode]
    ) async throws(RuntimeError) -> [RuntimeProblem] {
        guard !ending.hasBegun else { throw RuntimeError("the runtime is shut down", in: path ?? "") }
        let (previous, number) = state.withLock { ($0.generation, $0.generation.number + 1) }
        let (generation, warnings) = try await build(file, modes, previous: previous, number: number)
        state.withLock { state in
            state.generation = generation
            state.file = file
            state.modes = modes
        }
        await removeUnusedCopies()
        return warnings
    }
}

// MARK: - Generations

extension PluginRuntime {
    static func read(
        _ path: String?,
        _ options: RuntimeOptions
    ) throws(RuntimeError) -> LoadedFile<RuntimeConfiguration> {
        let file = ConfigurationLoader.load(path: path, sources: options.sources)
        guard file.content != nil else { throw RuntimeError(file) }
        return file
    }

    func build(
        _ file: LoadedFile<RuntimeConfiguration>,
        _ modes: [String: PluginMode],
        previous: Generation?,
        number: Int
    ) async throws(RuntimeError) -> (generation: Generation, warnings: [RuntimeProblem]) {
        guard var configuration = file.content else { throw RuntimeError(file) }
        for index in configuration.plugins.indices {
            if let mode = modes[configuration.plugins[index].name.value] { configuration.plugins[index].mode = mode }
        }
        let trust: TrustPolicy
        do throws(LoadFailure) { trust = try await Self.trust(configuration) } catch {
            throw RuntimeError(problems: (file.problems + error.problems).map { RuntimeProblem($0, in: file.source) })
        }
        let loading = PluginLoading(
            tools: tools,
            settings: configuration.settings,
            trust: trust,
            executor: hookExecutor,
            supervisor: supervisor,
            completions: completions,
            reaper: reaper,
            journal: crashes.journal,
            quarantine: await crashes.verdicts(configuration.settings.quarantine)
        ) { [logger = options.logger] plugin in PluginCounters(logger: logger, plugin: plugin) }
        let builder = GenerationBuilder(
            configuration: configuration,
            options: options,
            loading: loading,
            observer: observer,
            modes: modes,
            previous: previous
        )
        let built = await builder.build(number: number)
        let problems = (file.problems + built.problems).map { RuntimeProblem($0, in: file.source) }
        guard let generation = built.generation else {
            state.withLock { $0.rejected = built.failed }
            throw RuntimeError(problems: problems)
        }
        for problem in problems {
            options.logger.log(level: problem.isError ? .error : .warning, "\(problem)")
        }
        return (generation, problems)
    }

    /// What a configuration trusts.
    static func trust(_ configuration: RuntimeConfiguration) async throws(LoadFailure) -> TrustPolicy {
        try await Offload.run { () throws(LoadFailure) in try TrustPolicy(configuration) }
    }

    /// Deletes private copies that no image is mapped from.
    private func removeUnusedCopies() async {
        await Offload.run { [tools, logger = options.logger] () throws(Never) in
            do {
                try tools.store.remove(unused: tools.images.digests)
            } catch {
                logger.warning("cannot tidy the store", metadata: ["reason": "\(error)"])
            }
        }
    }
}
