import Logging
import PluginConfig
import PluginHooks
import PluginLoader

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
        let file = ConfigurationLoader.load(path: path)
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
        let loading = PluginLoading(
            tools: tools,
            settings: configuration.settings,
            executor: nil,
            reaper: Reaper(logger: options.logger, timeout: configuration.settings.startupTimeout.nanoseconds)
        ) { PluginCounters(logger: options.logger, plugin: $0) }
        let catalog = await PluginCatalog.look(configuration, options, tools.manifests)
        let resolver = EntryResolver(configuration: configuration, catalog: catalog)
        return await withTaskGroup(of: [ConfigProblem].self) { group in
            for entry in configuration.plugins where !entry.isDisabled {
                group.addTask { await check(entry, resolver, loading) }
            }
            return await group.reduce(into: configuration.warnings(about: catalog)) { $0 += $1 }
        }
    }

    private static func check(
        _ entry: PluginConfig.PluginEntry,
        _ resolver: EntryResolver,
        _ loading: PluginLoading
    ) async -> [ConfigProblem] {
        do {
            return try await loading.check(try resolver.plan(for: entry)).map(\.asError)
        } catch let failure as LoadFailure {
            return failure.problems
        } catch let problem as ConfigProblem {
            return [problem]
        } catch {
            return []  // nothing else is thrown above
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
