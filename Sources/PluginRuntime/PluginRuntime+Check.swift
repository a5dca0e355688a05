import Logging
import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginStore

extension PluginRuntime {
    /// Checks a configuration file and the plugins that it names, without starting any.
    ///
    /// Every enabled plugin is probed in a child process: what its entry says of its configuration is an error here,
    /// also what a running gateway would only log.
    ///
    /// - Parameters:
    ///   - path: The configuration file.
    ///   - options: Where things lie.
    /// - Returns: All that is wrong, in the order of the file; warnings are among them.
    public static func check(
        configuration path: String,
        options: RuntimeOptions = RuntimeOptions()
    ) async -> [RuntimeProblem] {
        let file = ConfigurationLoader.load(path: path, sources: options.sources)
        var problems = file.problems
        if let configuration = file.content { problems += await check(configuration, options) }
        return problems.sorted(by: ConfigProblem.isBefore).map { RuntimeProblem($0, in: file.source) }
    }

    private static func check(_ configuration: RuntimeConfiguration, _ options: RuntimeOptions) async -> [ConfigProblem]
    {
        let tools: LoadingTools
        do throws(LoadError) { tools = try LoadingTools(options) } catch {
            return [
                ConfigProblem(
                    severity: .error,
                    file: configuration.file,
                    position: nil,
                    path: "",
                    message: error.description
                )
            ]
        }
        let trust: TrustPolicy
        do throws(LoadFailure) { trust = try await Self.trust(configuration) } catch { return error.problems }
        let loading = PluginLoading(
            tools: tools,
            settings: configuration.settings,
            trust: trust,
            executor: nil,
            supervisor: nil,
            completions: nil,
            reaper: Reaper(logger: options.logger, timeout: configuration.settings.startupTimeout.nanoseconds)
        ) { PluginCounters(logger: options.logger, plugin: $0) }
        let catalog = await PluginCatalog.look(configuration, options, tools.manifests)
        let resolver = EntryResolver(configuration: configuration, catalog: catalog, manifests: tools.manifests)
        let checks = await withTaskGroup(of: (Int, EntryCheck).self) { group in
            for (index, entry) in configuration.plugins.enumerated() where !entry.isDisabled {
                group.addTask { (index, await EntryCheck(entry, resolver, loading)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return configuration.warnings(about: catalog) + checks.flatMap(\.problems) + EntryCheck.conflicts(checks)
    }
}

/// What a check has found out about one entry of a configuration.
private struct EntryCheck: Sendable {
    var problems: [ConfigProblem] = []
    private var plan: EntryPlan?
    private var hooks: [ProbeReport.Hook] = []

    init(_ entry: PluginConfig.PluginEntry, _ resolver: EntryResolver, _ loading: PluginLoading) async {
        do {
            let plan = try resolver.plan(for: entry)
            let checked = try await loading.check(plan)
            self.plan = plan
            hooks = checked.hooks
            problems = checked.problems.map(\.asError)
        } catch let failure as LoadFailure {
            problems = failure.problems.map(\.asError)
        } catch let problem as ConfigProblem {
            problems = [problem]
        } catch {
            return  // nothing else is thrown above
        }
    }

    /// Plugins whose payloads of one hook do not fit each other.
    static func conflicts(_ checks: [EntryCheck]) -> [ConfigProblem] {
        var agreement = PayloadAgreement()
        return checks.compactMap { check in
            let hooks = check.hooks.map { (name: HookName($0.name), schema: $0.schema) }
            guard let plan = check.plan else { return nil }
            return agreement.objection(to: hooks, of: plan.name).map { plan.origin.problem($0) }
        }
    }
}

extension ConfigProblem {
    fileprivate var asError: ConfigProblem {
        ConfigProblem(severity: .error, file: file, position: position, path: path, message: message, hint: hint)
    }

    fileprivate static func isBefore(_ left: ConfigProblem, _ right: ConfigProblem) -> Bool {
        (left.line ?? 0, left.column ?? 0) < (right.line ?? 0, right.column ?? 0)
    }
}
