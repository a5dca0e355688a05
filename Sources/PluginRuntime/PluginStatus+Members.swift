import PluginConfig
import PluginHooks
import PluginPayloads
import Synchronization

extension PlanResult {
    /// What became of the plugin, as a status.
    var status: PluginStatus {
        switch self {
        case .loaded(let plan, let loaded): PluginStatus(plan, loaded)
        case .failed(let entry, let plan, let problems): PluginStatus(failed: name, entry, plan, path, problems)
        case .disabled(let entry): PluginStatus(disabled: entry)
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
            reason: nil,
            isRequired: plan.isRequired,
            isolation: "in_process",
            file: plan.path,
            sha256: instance.identity.digest,
            toolchain: instance.toolchain,
            pinReason: instance.pinReason
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
            isolation: "in_process",
            file: path,
            isIdentified: entry != nil || manifest != nil
        )
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
            isolation: "in_process"
        )
    }

    /// The same with what has been counted by now.
    func counted(_ instance: PluginInstance?) -> PluginStatus {
        guard let instance else { return self }
        var status = self
        status.healthProblem = instance.healthProblem
        let account = instance.account
        let totals = account.totals
        status.counters.calls = totals.calls
        status.counters.blocks = totals.blocks
        status.counters.modifications = totals.modifications
        status.counters.errors = totals.errors
        status.counters.timeouts = totals.timeouts
        status.counters.late = account.late.load(ordering: .relaxed)
        status.counters.overruns = account.overruns.load(ordering: .relaxed)
        status.counters.lostThreads = account.lostThreads.load(ordering: .relaxed)
        status.counters.custom = instance.counters.values
        return status
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
