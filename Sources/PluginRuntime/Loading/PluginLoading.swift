import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads

/// Loads one plugin: copy, check, probe, map, enter, start. Each step may refuse it; none can harm this process
/// before the probe has survived it.
struct PluginLoading: Sendable {
    let tools: LoadingTools
    let settings: RuntimeSettings
    let executor: HookExecutor
    let reaper: Reaper
    let services: @Sendable (_ plugin: String) -> PluginCounters

    /// What a plugin's configuration problems are, besides an instance that may work all the same.
    struct Loaded: Sendable {
        let instance: PluginInstance
        let warnings: [ConfigProblem]
    }

    /// Loads a plugin, or takes over its running instance if nothing that matters to it has changed.
    func load(
        _ plan: EntryPlan, running: [PluginInstance.Identity: PluginInstance]
    ) async throws(LoadFailure) -> Loaded {
        let staged = try await stage(plan)
        let configuration = staged.configuration(of: plan)
        let identity = PluginInstance.Identity(
            name: plan.name, digest: staged.stored.digest, configuration: configuration, limits: limits)
        if let instance = running[identity], instance.account.isSerial == isSerial(plan, instance) {
            try check(plan, instance)
            return Loaded(instance: instance, warnings: [])
        }
        let report = try await probe(plan, staged, configuration)
        let instance = try await enter(plan, staged, identity)
        try check(plan, instance)
        return Loaded(instance: instance, warnings: report.problems.map(plan.origin.problem))
    }

    /// Does all that can be done without loading the plugin into this process.
    ///
    /// - Returns: What the plugin says of its configuration.
    func check(_ plan: EntryPlan) async throws(LoadFailure) -> [ConfigProblem] {
        let staged = try await stage(plan)
        let report = try await probe(plan, staged, staged.configuration(of: plan))
        for hook in plan.hooks where !report.hooks.contains(where: { $0.name == hook.value }) {
            guard case .plugin = plan.subject else { continue }
            throw LoadFailure(plan.origin.problem(lacks(hook.value, report.hooks.map(\.name)), at: hook, key: "hooks"))
        }
        return report.problems.map(plan.origin.problem)
    }

    private var limits: PayloadLimits {
        PayloadLimits(maxBlockBytes: settings.maxBlockBytes, maxCharacters: settings.maxPayloadCharacters)
    }

    private func isSerial(_ plan: EntryPlan, _ instance: PluginInstance) -> Bool {
        if case .plugin(let native) = instance.code, native.isSerial { return true }
        return plan.isSerial
    }

    // MARK: Steps

    private func stage(_ plan: EntryPlan) async throws(LoadFailure) -> StagedFile {
        try await failing(plan) { () async throws(LoadError) in
            try await Offload.run { () throws(LoadError) in
                switch plan.subject {
                case .plugin(let path): try StagedFile(path: path, isPlugin: true, tools: tools)
                case .function(_, _, let library):
                    try StagedFile(path: SystemLibraries.path(of: library), isPlugin: false, tools: tools)
                }
            }
        }
    }

    private func probe(
        _ plan: EntryPlan, _ staged: StagedFile, _ configuration: JSONObject
    ) async throws(LoadFailure) -> ProbeReport {
        let subject: ProbeRequest.Subject =
            switch plan.subject {
            case .plugin: .plugin(configuration: configuration)
            case .function(let binding, _, _): .library(symbol: binding.symbol.value)
            }
        let request = ProbeRequest(
            path: staged.stored.path, bundledLibraries: staged.bundledLibraries, subject: subject)
        let report = try await failing(plan) { () async throws(LoadError) in
            try await tools.prober.probe(request, within: settings.probeTimeout.nanoseconds)
        }
        guard let refusal = report.refusal else { return report }
        let problems = report.problems.filter(\.isError).map(plan.origin.problem)
        guard problems.isEmpty else { throw LoadFailure(problems: problems) }
        guard case .function(let binding, _, _) = plan.subject else {
            throw LoadFailure(plan.origin.problem("\(staged.path): \(refusal)"))
        }
        throw LoadFailure(
            plan.origin.problem("\(staged.path): \(refusal)", at: binding.symbol, key: "config.symbol"))
    }

    private func enter(
        _ plan: EntryPlan, _ staged: StagedFile, _ identity: PluginInstance.Identity
    ) async throws(LoadFailure) -> PluginInstance {
        let counters = services(plan.name)
        let code = try await failing(plan) { () async throws(LoadError) in
            try await Offload.run { () throws(LoadError) in
                let library = try staged.load(tools)
                switch plan.subject {
                case .function(let binding, let signature, _):
                    return PluginInstance.Code.function(
                        try FunctionHandler(
                            symbol: binding.symbol.value, of: library, signature: signature,
                            hook: HookName(binding.hook.value)))
                case .plugin:
                    return .plugin(try native(library, staged, identity.configuration, counters))
                }
            }
        }
        var isSerial = plan.isSerial
        if case .plugin(let native) = code {
            isSerial = isSerial || native.isSerial
            try await failing(plan) { () async throws(LoadError) in
                try await native.start(within: settings.startupTimeout.nanoseconds)
            }
        }
        return PluginInstance(
            identity, staged, code: code, account: PluginAccount(name: plan.name, isSerial: isSerial),
            counters: counters, reaper: reaper)
    }

    private func native(
        _ library: SharedLibrary, _ staged: StagedFile, _ configuration: JSONObject, _ services: PluginCounters
    ) throws(LoadError) -> NativeInstance {
        let block: PayloadBlock
        do throws(BlockError) { block = try PayloadBlock(configuration) } catch {
            throw LoadError("configuration: \(error)")
        }
        let instance = try NativeInstance(
            library, entry: EntryPoint(in: library), configuration: block, services: services, executor: executor,
            limits: limits)
        if let manifest = staged.manifest { try manifest.check(instance) }
        return instance
    }

    /// Checks that the plugin has the hooks that the entry lists.
    private func check(_ plan: EntryPlan, _ instance: PluginInstance) throws(LoadFailure) {
        for hook in plan.hooks where !instance.hooks.contains(HookName(hook.value)) {
            let message = lacks(hook.value, instance.hooks.map(\.text))
            throw LoadFailure(plan.origin.problem(message, at: hook, key: "hooks"))
        }
    }

    private func lacks(_ hook: String, _ hooks: [String]) -> String {
        "the plugin has no hook \"\(hook)\"; it has \(hooks.joined(separator: ", "))"
    }

    private func failing<Value>(
        _ plan: EntryPlan, _ body: () async throws(LoadError) -> Value
    ) async throws(LoadFailure) -> Value {
        do throws(LoadError) {
            return try await body()
        } catch {
            let problems = error.problems.filter(\.isError).map(plan.origin.problem)
            guard problems.isEmpty else { throw LoadFailure(problems: problems) }
            throw LoadFailure(plan.problem(error))
        }
    }
}

/// Why a plugin was not loaded: one problem, or all that it found in its configuration.
struct LoadFailure: Error {
    let problems: [ConfigProblem]

    init(_ problem: ConfigProblem) { problems = [problem] }

    init(problems: [ConfigProblem]) { self.problems = problems }
}

extension EntryPlan {
    /// A problem with the file, at the key that names it.
    fileprivate func problem(_ error: LoadError) -> ConfigProblem {
        switch subject {
        case .function(let binding, _, _):
            origin.problem(error.description, at: binding.library, key: "config.library")
        case .plugin(let path):
            origin.problem(
                error.description.contains(path) ? error.description : "\(path): \(error)",
                at: origin.entry?.path ?? origin.entry?.kind, key: origin.entry?.path == nil ? "kind" : "path")
        }
    }
}

extension StagedFile {
    /// The configuration of an instance: the manifest's defaults, and the entry's values over them.
    fileprivate func configuration(of plan: EntryPlan) -> JSONObject {
        guard case .plugin = plan.subject else { return plan.configuration }
        var configuration = manifest?.defaultConfig ?? [:]
        for (key, value) in plan.configuration { configuration[key] = value }
        return configuration
    }
}

extension PluginManifest {
    /// Checks that the plugin's entry says the same as its manifest.
    fileprivate func check(_ instance: NativeInstance) throws(LoadError) {
        guard instance.name == name else {
            throw LoadError("its entry calls it \"\(instance.name)\", its manifest \"\(name)\"; they have to agree")
        }
        if let version, instance.version != version {
            throw LoadError(
                "its entry gives version \"\(instance.version)\", its manifest \"\(version)\"; they have to agree")
        }
        let undeclared = instance.registration.hooks.map(\.name.text).filter { !hooks.contains($0) }
        if !hooks.isEmpty, let hook = undeclared.first {
            throw LoadError("its entry registers the hook \"\(hook)\", which its manifest does not list")
        }
    }
}

extension Duration {
    /// The duration in nanoseconds, which fits for anything that a configuration may say.
    var nanoseconds: UInt64 {
        UInt64(components.seconds) * 1_000_000_000 + UInt64(components.attoseconds / 1_000_000_000)
    }
}
