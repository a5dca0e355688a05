import PluginConfig
import PluginHooks
import PluginPayloads
import PluginWorker
import Synchronization

extension PlanResult {
    /// What became of the plugin, as a status.
    var status: PluginStatus {
        switch self {
        case .loaded(let plan, let loaded): PluginStatus(plan, loaded)
        case .failed(let entry, let plan, let problems): PluginStatus(failed: name, entry, plan, path, problems)
        case .disabled(let entry): PluginStatus(disabled: entry)
        case .disabledFile(let plan): PluginStatus(disabled: plan)
        case .quarantined(let plan, let quarantine): PluginStatus(plan, quarantine)
        }
    }
}

extension PluginStatus {
    /// The status of a plugin that runs.
    fileprivate init(_ plan: EntryPlan, _ loaded: PluginLoading.Loaded) {
        let entry = plan.origin.entry
        let manifest = loaded.manifest
        let instance = loaded.instance
        self.init(
            name: plan.name,
            kind: entry?.kind?.value ?? manifest?.name,
            version: entry?.version ?? manifest?.version,
            description: entry?.description ?? manifest?.description,
            author: entry?.author ?? manifest?.author,
            hooks: plan.hooks.isEmpty ? instance.hooks.map(\.text) : plan.hooks.map(\.value),
            tags: entry.flatMap { $0.tags.isEmpty ? nil : $0.tags } ?? manifest?.tags ?? [],
            mode: plan.mode.rawValue,
            priority: plan.priority,
            state: .active,
            reason: loaded.crashNote,
            isRequired: plan.isRequired,
            isolation: plan.isolation.rawValue,
            file: plan.path,
            sha256: instance.identity.digest,
            toolchain: instance.toolchain,
            pinReason: instance.pinReason,
            conditions: plan.conditions.objects,
            configurationKeys: instance.account.configurationKeys
        )
    }

    /// The status of a plugin that could not be loaded: what the configuration and its file say, as far as that is
    /// known.
    fileprivate init(
        failed name: String,
        _ entry: PluginConfig.PluginEntry?,
        _ plan: EntryPlan?,
        _ path: String?,
        _ problems: [ConfigProblem]
    ) {
        let manifest = plan?.manifest
        let fileName = name.split(separator: "/").last.map(String.init)
        self.init(
            name: entry == nil && plan == nil ? fileName ?? name : name,
            kind: entry?.kind?.value ?? manifest?.name,
            version: entry?.version ?? manifest?.version,
            description: entry?.description ?? manifest?.description,
            author: entry?.author ?? manifest?.author,
            hooks: plan?.expectedHooks ?? entry?.hooks.map(\.value) ?? [],
            tags: entry.flatMap { $0.tags.isEmpty ? nil : $0.tags } ?? manifest?.tags ?? [],
            mode: (entry?.mode ?? .enforce).rawValue,
            priority: entry?.priority ?? 100,
            state: .failed,
            reason: problems.filter { $0.severity == .error }.map(\.message).joined(separator: "; "),
            isRequired: entry?.required ?? false,
            isolation: (plan?.isolation ?? entry?.isolation ?? .inProcess).rawValue,
            file: path,
            isIdentified: entry != nil || manifest != nil
        )
    }

    /// The status of a plugin that crashed the process before.
    fileprivate init(_ plan: EntryPlan, _ quarantine: LoadFailure.Quarantined) {
        let entry = plan.origin.entry
        self.init(
            failed: plan.name,
            entry,
            plan,
            plan.path,
            []
        )
        mode = plan.mode.rawValue
        priority = plan.priority
        state = .quarantined
        reason = quarantine.reason
        isRequired = plan.isRequired
        sha256 = quarantine.digest
        conditions = plan.conditions.objects
        configurationKeys = plan.configuration.map(\.0)
    }

    /// The status of an entry that the configuration switches off, or that all are switched off with.
    fileprivate init(disabled entry: PluginConfig.PluginEntry) {
        self.init(
            name: entry.name.value,
            kind: entry.kind?.value,
            version: entry.version,
            description: entry.description,
            author: entry.author,
            hooks: entry.hooks.map(\.value),
            tags: entry.tags,
            mode: entry.mode.rawValue,
            priority: entry.priority,
            state: .disabled,
            reason: entry.isDisabled ? nil : "plugins are switched off",
            isRequired: entry.required,
            isolation: (entry.isolation ?? .inProcess).rawValue,
            conditions: entry.conditions.objects,
            configurationKeys: entry.config.map(\.0)
        )
    }

    /// The status of a file that no entry names, and that was switched off at run time.
    fileprivate init(disabled plan: EntryPlan) {
        self.init(
            name: plan.name,
            kind: plan.manifest?.name,
            version: plan.manifest?.version,
            description: plan.manifest?.description,
            author: plan.manifest?.author,
            hooks: plan.expectedHooks,
            tags: plan.manifest?.tags ?? [],
            mode: plan.mode.rawValue,
            priority: plan.priority,
            state: .disabled,
            reason: nil,
            isRequired: false,
            isolation: plan.isolation.rawValue,
            file: plan.path
        )
    }

    /// The same with what is known by now.
    func current(_ instance: PluginInstance?, _ modes: [String: PluginMode], maxLostThreads: Int) -> PluginStatus {
        var status = self
        status.isModeOverridden = modes[name] != nil
        guard let instance else { return status }
        status.healthProblem = instance.healthProblem
        status.workers = instance.workers?.object
        let account = instance.account
        let breaker = account.breaker.status
        status.breaker = Breaker(breaker)
        if let reason = breaker.reason { status.reason = "its breaker is open: the plugin \(reason)" }
        status.maxLostThreads = maxLostThreads
        if account.isSwitchedOff.load(ordering: .relaxed) {
            status.state = .disabled
            status.reason = "an error has switched it off (on_error: disable); it runs again after a restart"
        }
        let totals = account.totals
        status.counters.calls = totals.calls
        status.counters.blocks = totals.blocks
        status.counters.modifications = totals.modifications
        status.counters.errors = totals.errors
        status.counters.timeouts = totals.timeouts
        status.counters.late = account.late.load(ordering: .relaxed)
        status.counters.overruns = account.overruns.load(ordering: .relaxed)
        status.counters.lostThreads = account.lostThreads.load(ordering: .relaxed)
        status.counters.dropped = account.dropped.load(ordering: .relaxed)
        status.counters.custom = instance.counters.values
        status.hookCounters = account.hookCounts.map { hook, counts in HookCounters(hook, counts) }
            .sorted { $0.hook < $1.hook }
        return status
    }
}

extension PluginStatus.Breaker {
    fileprivate init(_ status: Breaker.Status) {
        self.init(
            state: status.state.rawValue,
            failures: status.failures,
            opens: status.opens,
            refused: status.refusals,
            retryInSeconds: status.retryNanoseconds.map { Double($0) / 1_000_000_000 },
            lastError: status.lastError
        )
    }
}

extension EntryPlan {
    fileprivate var path: String {
        switch subject {
        case .plugin(let path): path
        case .function(_, _, let library): library
        }
    }
}

extension PluginStatus.HookCounters {
    fileprivate init(_ hook: HookName, _ counts: HookCounts) {
        self.init(
            hook: hook.text,
            calls: counts.calls,
            blocks: counts.blocks,
            modifications: counts.modifications,
            errors: counts.errors,
            timeouts: counts.timeouts,
            latencyNanoseconds: counts.latency.map { [$0.median, $0.p95, $0.p99] } ?? []
        )
    }
}

extension HookConditions {
    /// The conditions as the configuration writes them.
    var objects: [JSONObject] {
        alternatives.map { condition in
            let lists = [
                ("server_ids", condition.serverIDs), ("tenant_ids", condition.tenantIDs), ("tools", condition.tools),
                ("prompts", condition.prompts), ("resources", condition.resources), ("agents", condition.agents),
                ("user_patterns", condition.userPatterns), ("content_types", condition.contentTypes),
            ]
            var object: JSONObject = [:]
            for (key, values) in lists where !values.isEmpty { object[key] = .array(values.map(JSONValue.string)) }
            if condition.usesGlobs { object["match"] = "glob" }
            return object
        }
    }
}
