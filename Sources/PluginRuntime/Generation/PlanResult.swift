import PluginConfig
import PluginLoader
import PluginPayloads

/// What became of one plugin on the way into a generation.
enum PlanResult: Sendable {
    case loaded(EntryPlan, PluginLoading.Loaded)
    /// The plan is missing if the plugin could not even be found.
    case failed(PluginConfig.PluginEntry?, EntryPlan?, [ConfigProblem])
    case disabled(PluginConfig.PluginEntry)
    /// It could be loaded, but has crashed the process before.
    case quarantined(EntryPlan, LoadFailure.Quarantined)
    /// A file that no entry names, and that was switched off at run time.
    case disabledFile(EntryPlan)

    var name: String {
        switch self {
        case .loaded(let plan, _), .disabledFile(let plan), .quarantined(let plan, _): plan.name
        case .failed(let entry, let plan, let problems):
            entry?.name.value ?? plan?.name ?? problems.first?.file ?? ""
        case .disabled(let entry): entry.name.value
        }
    }

    var problems: [ConfigProblem] {
        switch self {
        case .loaded(_, let loaded): loaded.warnings
        case .failed(_, _, let problems): problems
        case .disabled, .disabledFile, .quarantined: []
        }
    }

    var hasFailed: Bool {
        if case .failed = self { true } else { false }
    }

    /// Whether the plugin is one of the configuration's; otherwise its file was just found in a drop directory.
    var isListed: Bool {
        switch self {
        case .loaded(let plan, _), .quarantined(let plan, _): plan.origin.entry != nil
        case .failed(let entry, _, _): entry != nil
        case .disabled: true
        case .disabledFile: false
        }
    }

    /// The path of the plugin's file, if it was found.
    var path: String? {
        switch self {
        case .loaded(let plan, _), .failed(_, let plan?, _), .disabledFile(let plan), .quarantined(let plan, _):
            if case .plugin(let path) = plan.subject { path } else { nil }
        case .failed(nil, nil, let problems): problems.first?.file
        case .failed, .disabled: nil
        }
    }
}

extension [PlanResult] {
    /// Fails plugins whose payload of a hook does not fit what the hook, or the first plugin on it, says.
    mutating func checkSchemas() {
        var agreement = PayloadAgreement()
        for index in indices {
            guard case .loaded(let plan, let loaded) = self[index] else { continue }
            if let objection = agreement.objection(to: loaded.instance.schemas, of: plan.name) {
                self[index] = .failed(plan.origin.entry, plan, [plan.origin.problem(objection)])
            }
        }
    }
}
