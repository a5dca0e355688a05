import PluginConfig
import PluginHooks
import PluginJournal
import PluginLoader
import PluginPayloads
import PluginStore
import PluginWorker

/// Loads one plugin: copy, check, probe, map, enter, start.
///
/// Each step may refuse it; none can harm this process before the probe has survived it.
struct PluginLoading: Sendable {
    let tools: LoadingTools
    let settings: RuntimeSettings
    let trust: TrustPolicy
    /// Runs the lanes of calls; `nil` where plugins are only checked.
    let executor: HookExecutor?
    /// Looks after worker processes; `nil` where plugins are only checked.
    let supervisor: WorkerSupervisor?
    let completions: CompletionSource?
    let reaper: Reaper
    /// Gets to know what is loaded; `nil` if nobody keeps one.
    var journal: CrashJournal?
    var quarantine = QuarantineVerdicts()
    let services: @Sendable (_ plugin: String) -> PluginCounters

    /// An instance that works, and what there is to say of it all the same.
    struct Loaded: Sendable {
        /// How it runs, which a quarantine may have changed.
        let plan: EntryPlan
        let instance: PluginInstance
        /// What the file says about itself now.
        let manifest: PluginManifest?
        let warnings: [ConfigProblem]
        /// What the file did before, if it crashed the process.
        let crashNote: String?
    }

    /// Loads a plugin, or takes over its running instance if nothing that matters to it has changed.
    func load(
        _ planned: EntryPlan,
        running: [PluginInstance.Identity: PluginInstance]
    ) async throws(LoadFailure) -> Loaded {
        var staged = try await stage(planned)
        let (plan, crashNote) = try admit(planned, staged)
        if plan.isolation != planned.isolation { staged = try await move(staged, for: plan) }
        let configuration = try staged.checkedConfiguration(of: plan)
        let identity = PluginInstance.Identity(
            name: plan.name,
            digest: staged.stored.digest,
            configuration: configuration,
            limits: limits,
            process: try plan.processIdentity(settings)
        )
        if let instance = running[identity], instance.account.isSerial == isSerial(plan, instance) {
            try check(plan, instance.hooks.map(\.text))
            return Loaded(
                plan: plan,
                instance: instance,
                manifest: staged.manifest,
                warnings: [],
                crashNote: crashNote
            )
        }
        let report = try await probe(plan, staged, configuration)
        let instance = try await enter(plan, staged, identity, report)
        return Loaded(
            plan: plan,
            instance: instance,
            manifest: staged.manifest,
            warnings: report.problems.map(plan.origin.problem),
            crashNote: crashNote
        )
    }

    /// What a probe has found: the problems that the plugin sees, and its hooks.
    struct Checked: Sendable {
        let problems: [ConfigProblem]
        let hooks: [ProbeReport.Hook]
    }

    /// Does all that can be done without loading the plugin into this process.
    func check(_ plan: EntryPlan) async throws(LoadFailure) -> Checked {
        let staged = try await stage(plan)
        let report = try await probe(plan, staged, staged.checkedConfiguration(of: plan))
        return Checked(problems: report.problems.map(plan.origin.problem), hooks: report.hooks)
    }

    private var limits: PayloadLimits {
        PayloadLimits(maxBlockBytes: settings.maxBlockBytes, maxCharacters: settings.maxPayloadCharacters)
    }

    private func isSerial(_ plan: EntryPlan, _ instance: PluginInstance) -> Bool {
        plan.isSerial || instance.code.isSerial
    }

    // MARK: Steps

    private func stage(_ plan: EntryPlan) async throws(LoadFailure) -> StagedFile {
        try await failing(plan) { () async throws(LoadError) in
            try await Offload.run { () throws(LoadError) in
                switch plan.subject {
                case .plugin(let path):
                    try StagedFile(
                        path: path,
                        isPlugin: true,
                        trust: trust,
                        isolation: plan.isolation,
                        tools: tools
                    )
                case .function(_, _, let library):
                    try StagedFile(
                        path: SystemLibraries.path(of: library),
                        isPlugin: false,
                        trust: SystemLibraries.includes(library) ? trust.withAnyContent : trust,
                        isolation: plan.isolation,
                        tools: tools
                    )
                }
            }
        }
    }

    private func move(_ staged: StagedFile, for plan: EntryPlan) async throws(LoadFailure) -> StagedFile {
        try await failing(plan) { () async throws(LoadError) in
            try await Offload.run { () throws(LoadError) in
                try staged.moved(to: plan.isolation, trust: trust, tools: tools)
            }
        }
    }

    private func probe(
        _ plan: EntryPlan,
        _ staged: StagedFile,
        _ configuration: JSONObject
    ) async throws(LoadFailure) -> ProbeReport {
        let subject: ProbeRequest.Subject =
            switch plan.subject {
            case .plugin: .plugin(configuration: configuration)
            case .function(let binding, _, _): .library(symbol: binding.symbol.value)
            }
        let request = ProbeRequest(
            path: staged.stored.path,
            bundledLibraries: staged.bundledLibraries,
            subject: subject,
            sandbox: try plan.probePolicy(),
            readable: staged.searchedLibraries
        )
        let report = try await failing(plan) { () async throws(LoadError) in
            try await tools.prober.probe(request, within: settings.probeTimeout.nanoseconds)
        }
        if let warning = report.sandboxWarning { tools.sandboxNotice.tell(warning) }
        guard let refusal = report.refusal else {
            try check(plan, staged, report)
            return report
        }
        if report.problems.contains(where: \.isError) {
            throw LoadFailure(problems: report.problems.map(plan.origin.problem))
        }
        guard case .function(let binding, _, _) = plan.subject else { throw LoadFailure(plan.problem(refusal)) }
        throw LoadFailure(
            plan.origin.problem("\(staged.path): \(refusal)", at: binding.symbol, key: "config.symbol")
        )
    }

    /// Checks what the entry registered against the manifest and the configuration.
    private func check(_ plan: EntryPlan, _ staged: StagedFile, _ report: ProbeReport) throws(LoadFailure) {
        if let objection = staged.manifest?.objection(to: report) { throw LoadFailure(plan.problem(objection)) }
        try check(plan, plan.binding.map { [$0.hook.value] } ?? report.hooks.map(\.name))
    }

    /// Checks that the plugin has the hooks that its entry in the configuration lists.
    private func check(_ plan: EntryPlan, _ hooks: [String]) throws(LoadFailure) {
        for hook in plan.hooks where !hooks.contains(hook.value) {
            let message = "the plugin has no hook \"\(hook.value)\"; it has \(hooks.joined(separator: ", "))"
            throw LoadFailure(plan.origin.problem(message, at: hook, key: "hooks"))
        }
    }

    private func enter(
        _ plan: EntryPlan,
        _ staged: StagedFile,
        _ identity: PluginInstance.Identity,
        _ report: ProbeReport
    ) async throws(LoadFailure) -> PluginInstance {
        let counters = services(plan.name)
        let code = try await failing(plan) { () async throws(LoadError) in
            identity.process == nil
                ? try await load(plan, staged, identity, counters)
                : .workers(try await workers(plan, staged, identity, counters))
        }
        return PluginInstance(
            identity,
            staged,
            code: code,
            schemas: report.hooks.map { (HookName($0.name), $0.schema) },
            account: PluginAccount(
                name: plan.name,
                isSerial: plan.isSerial || code.isSerial,
                kind: plan.origin.entry?.kind?.value ?? plan.manifest?.name,
                configurationKeys: identity.configuration.map(\.0),
                breaker: Breaker(plan.breaker)
            ),
            counters: counters,
            reaper: reaper
        )
    }

    /// Maps the file into this process, and starts the plugin.
    private func load(
        _ plan: EntryPlan,
        _ staged: StagedFile,
        _ identity: PluginInstance.Identity,
        _ counters: PluginCounters
    ) async throws(LoadError) -> PluginInstance.Code {
        let number = journalNumber(identity)
        let code = try await Offload.run { () throws(LoadError) in
            switch plan.subject {
            case .function(let binding, let signature, let name):
                let mapped = name.contains("/") ? nil : SharedLibrary(mapped: name)
                let library =
                    if let mapped { mapped } else { try staged.load(tools, number, symbol: binding.symbol.value) }
                return PluginInstance.Code.function(
                    try FunctionHandler(
                        symbol: binding.symbol.value,
                        of: library,
                        signature: signature,
                        hook: HookName(binding.hook.value),
                        journalNumber: number
                    )
                )
            case .plugin:
                let library = try staged.load(tools, number, symbol: EntryPoint.symbol)
                return .plugin(try native(library, identity.configuration, counters, number))
            }
        }
        if case .plugin(let native) = code { try await native.start(within: settings.startupTimeout.nanoseconds) }
        return code
    }

    private func native(
        _ library: SharedLibrary,
        _ configuration: JSONObject,
        _ services: PluginCounters,
        _ journalNumber: UInt32
    ) throws(LoadError) -> NativeInstance {
        let block: PayloadBlock
        do throws(BlockError) { block = try PayloadBlock(configuration) } catch {
            throw LoadError("configuration: \(error)")
        }
        return try NativeInstance(
            library,
            entry: EntryPoint(in: library),
            configuration: block,
            services: services,
            executor: executor,
            limits: limits,
            journalNumber: journalNumber
        )
    }

    private func failing<Value>(
        _ plan: EntryPlan,
        _ body: () async throws(LoadError) -> Value
    ) async throws(LoadFailure) -> Value {
        do throws(LoadError) {
            return try await body()
        } catch {
            guard error.problems.contains(where: \.isError) else { throw LoadFailure(plan.problem(error.description)) }
            throw LoadFailure(problems: error.problems.map(plan.origin.problem))
        }
    }
}

extension EntryPlan {
    /// The function that is bound, if it is no plugin.
    var binding: FunctionBinding? {
        if case .function(let binding, _, _) = subject { binding } else { nil }
    }

    /// A problem with the file, at the key that names it.
    func problem(_ reason: String) -> ConfigProblem {
        switch subject {
        case .function(let binding, _, _):
            return origin.problem(reason, at: binding.library, key: "config.library")
        case .plugin(let path):
            let prefix = "\(path): "
            let reason = reason.hasPrefix(prefix) ? String(reason.dropFirst(prefix.count)) : reason
            // A message about a file that no entry names begins with the file anyway.
            guard let entry = origin.entry else { return origin.problem(reason) }
            return origin.problem(
                prefix + reason,
                at: entry.path ?? entry.kind,
                key: entry.path == nil ? "kind" : "path"
            )
        }
    }
}
