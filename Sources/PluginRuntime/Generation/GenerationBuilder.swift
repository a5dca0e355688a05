import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads

/// Builds a whole new generation beside the one that runs, or says all that is wrong.
struct GenerationBuilder: Sendable {
    let configuration: RuntimeConfiguration
    let options: RuntimeOptions
    let loading: PluginLoading
    let observer: any HookObserver
    /// Modes by the names of plugins, over those of the configuration.
    let modes: [String: PluginMode]
    /// The generation that runs, whose unchanged instances are taken over; `nil` at the start.
    let previous: Generation?

    /// A generation, and what went wrong on the way.
    struct Built: Sendable {
        /// `nil` if the errors keep it from being used.
        var generation: Generation?
        var problems: [ConfigProblem]
        /// The plugins that could not be loaded.
        var failed: [PluginStatus] = []
    }

    func build(number: Int) async -> Built {
        guard options.isEnabled else {
            let disabled = configuration.plugins.map(PlanResult.disabled)
            return Built(generation: generation(disabled, number), problems: [])
        }
        let catalog = await PluginCatalog.look(configuration, options, loading.tools.manifests)
        var results = await load(configuration.plugins, catalog)
        let unlisted = UnlistedFiles(
            configuration,
            catalog,
            names: Set(results.map(\.name)),
            active: Set(activeFiles),
            modes: modes
        )
        results += await loadUnlisted(unlisted)
        results.checkSchemas()
        let problems = configuration.warnings(about: catalog) + results.flatMap(\.problems)
        let failed = results.filter(\.hasFailed).map(\.status)
        let isRejected = results.contains(where: isFatal)
        return Built(
            generation: isRejected ? nil : generation(results, number),
            problems: problems,
            failed: failed
        )
    }

    private func generation(_ results: [PlanResult], _ number: Int) -> Generation {
        GenerationAssembly(results, configuration, observer: observer).generation(number: number)
    }

    /// Whether a plugin that could not be loaded keeps the whole generation from being used.
    ///
    /// At the start that is the configuration's choice. At a reload it is so for all that is listed or ran before:
    /// a service that works must not lose a plugin to a bad file. A new file that is bad concerns nobody else.
    private func isFatal(_ result: PlanResult) -> Bool {
        guard result.hasFailed else { return false }
        guard previous != nil else { return configuration.settings.failOnPluginError }
        return result.isListed || activeFiles.contains { $0 == result.path }
    }

    /// The files of the plugins that run.
    private var activeFiles: [String] {
        previous?.members.compactMap { $0.instance == nil ? nil : $0.status.file } ?? []
    }

    private func load(_ entries: [PluginConfig.PluginEntry], _ catalog: PluginCatalog) async -> [PlanResult] {
        let resolver = EntryResolver(
            configuration: configuration,
            catalog: catalog,
            manifests: loading.tools.manifests
        )
        return await concurrently(entries) { entry in
            if entry.isDisabled { return .disabled(entry) }
            let plan: EntryPlan
            do throws(ConfigProblem) { plan = try resolver.plan(for: entry) } catch {
                return .failed(entry, nil, [error])
            }
            return await load(plan)
        }
    }

    private func loadUnlisted(_ files: UnlistedFiles) async -> [PlanResult] {
        files.bad
            + (await concurrently(files.plans) { plan in
                plan.mode == .disabled ? .disabledFile(plan) : await load(plan)
            })
    }

    private func load(_ plan: EntryPlan) async -> PlanResult {
        do throws(LoadFailure) {
            let loaded = try await loading.load(plan, running: previous?.instances ?? [:])
            return .loaded(loaded.plan, loaded)
        } catch {
            if let quarantine = error.quarantine { return .quarantined(plan, quarantine) }
            return .failed(plan.origin.entry, plan, error.problems)
        }
    }

    /// Does something for all at once; results come in the order of the items.
    private func concurrently<Item: Sendable>(
        _ items: [Item],
        _ body: @escaping @Sendable (Item) async -> PlanResult
    ) async -> [PlanResult] {
        await withTaskGroup(of: (Int, PlanResult).self) { group in
            for (index, item) in items.enumerated() { group.addTask { (index, await body(item)) } }
            var results = [PlanResult?](repeating: nil, count: items.count)
            for await (index, result) in group { results[index] = result }
            return results.compactMap(\.self)
        }
    }
}

extension PluginCatalog {
    /// Looks into the directories of a configuration and an installation, in their order.
    static func look(
        _ configuration: RuntimeConfiguration,
        _ options: RuntimeOptions,
        _ cache: ManifestCache
    ) async -> PluginCatalog {
        let configured = (configuration.dropDirectories + configuration.pluginDirectories).map {
            configuration.absolute($0.value)
        }
        let bundled = options.bundledPluginDirectory.map { [$0] } ?? []
        var seen: Set<String> = []
        let directories = (options.pluginDirectories + configured + bundled).filter { seen.insert($0).inserted }
        return await Offload.run { () throws(Never) in PluginCatalog(directories: directories, cache: cache) }
    }
}

extension RuntimeConfiguration {
    /// Directories that do not exist, and disabled entries whose kind nobody knows.
    func warnings(about catalog: PluginCatalog) -> [ConfigProblem] {
        let directories = [("drop_dirs", dropDirectories), ("plugin_dirs", pluginDirectories)].flatMap { key, list in
            list.enumerated().compactMap { index, directory -> ConfigProblem? in
                guard catalog.missing.contains(absolute(directory.value)) else { return nil }
                return ConfigProblem(
                    severity: .warning,
                    file: file,
                    position: directory.position,
                    path: "\(key)[\(index)]",
                    message: "there is no directory \(absolute(directory.value))"
                )
            }
        }
        let kinds = catalog.kinds + ["ffi", "external", "isolated_venv"]
        let unknown = plugins.compactMap { entry -> ConfigProblem? in
            guard entry.isDisabled, let kind = entry.kind, !kinds.contains(kind.value) else { return nil }
            return ConfigProblem(
                severity: .warning,
                file: file,
                position: kind.position,
                path: "\(entry.source.path).kind",
                message: "no plugin of kind \"\(kind.value)\" is there; the entry is disabled, so nothing is missing"
            )
        }
        return directories + unknown
    }
}
