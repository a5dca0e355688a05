import PluginConfig
import PluginHooks
import PluginPayloads

/// Puts what was loaded into the order in which it runs.
struct GenerationAssembly {
    private let results: [PlanResult]
    private let configuration: RuntimeConfiguration
    private let observer: any HookObserver

    private var settings: RuntimeSettings { configuration.settings }

    init(_ results: [PlanResult], _ configuration: RuntimeConfiguration, observer: any HookObserver) {
        // The sort is stable: entries of one priority stay in the order of the file, and dropped files come after.
        self.results = results.enumerated()
            .sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
            .map(\.element)
        self.configuration = configuration
        self.observer = observer
    }

    func generation(number: Int) -> Generation {
        var hooks: [HookName: [PlannedHook]] = [:]
        for (key, result) in results.enumerated() {
            for hook in planned(result, stateKey: key) { hooks[hook.hook, default: []].append(hook) }
        }
        let plans = hooks.map { hook, planned in
            HookPlan(
                hook: hook,
                hooks: planned,
                limits: limits,
                allowsUnknownChanges: settings.defaultHookPolicy == .allow,
                runsBandsInParallel: settings.parallelWithinBand,
                observer: observer
            )
        }
        return Generation(
            number: number,
            registry: HookRegistry(plans),
            members: results.map(\.member),
            configuration: configuration
        )
    }

    private var limits: PayloadLimits {
        PayloadLimits(maxBlockBytes: settings.maxBlockBytes, maxCharacters: settings.maxPayloadCharacters)
    }

    private func planned(_ result: PlanResult, stateKey: Int) -> [PlannedHook] {
        switch result {
        case .disabled, .disabledFile: []
        case .loaded(let plan, let loaded): planned(plan, loaded.instance, stateKey)
        case .failed(let entry?, let plan, _) where entry.required: guards(entry, plan, stateKey)
        // Where every error counts, requests are not to go on without a plugin that is kept from doing its work.
        case .quarantined(let plan, _):
            plan.isRequired || settings.failOnPluginError ? guards(plan, stateKey) : []
        case .failed: []
        }
    }

    private func planned(_ plan: EntryPlan, _ instance: PluginInstance, _ stateKey: Int) -> [PlannedHook] {
        // An instance that was taken over keeps its breaker, whose settings may be others now.
        instance.account.breaker.use(plan.breaker)
        let names = plan.hooks.isEmpty ? instance.hooks : plan.hooks.map { HookName($0.value) }
        return names.compactMap { name in
            guard let serving = instance.handler(for: name) else { return nil }
            return PlannedHook(
                hook: name,
                plugin: plan.name,
                stateKey: stateKey,
                account: instance.account,
                handler: serving.handler,
                mode: plan.mode,
                errorPolicy: ErrorPolicy(
                    explicit: plan.onError,
                    failOnPluginError: settings.failOnPluginError,
                    mode: plan.mode
                ),
                conditions: plan.conditions,
                timeoutNanoseconds: plan.timeout.nanoseconds,
                isInline: serving.neverBlocks && plan.allowsInline,
                isReadOnly: serving.isReadOnly,
                isRequired: plan.isRequired,
                priority: plan.priority
            )
        }
    }

    /// Hooks that fail in the place of a required plugin's, on the requests that it would see.
    ///
    /// Where nobody knows which hooks it has, all standard ones do.
    private func guards(_ entry: PluginConfig.PluginEntry, _ plan: EntryPlan?, _ stateKey: Int) -> [PlannedHook] {
        let handler = UnavailableHandler("required plugin \(entry.name.value) is not loaded")
        let hooks = plan?.expectedHooks ?? entry.hooks.map(\.value)
        return guards(hooks, handler, entry.name.value, stateKey, entry.conditions, priority: entry.priority)
    }

    /// The same in the place of one that is quarantined.
    private func guards(_ plan: EntryPlan, _ stateKey: Int) -> [PlannedHook] {
        let handler = UnavailableHandler("plugin \(plan.name) is quarantined")
        return guards(plan.expectedHooks, handler, plan.name, stateKey, plan.conditions, priority: plan.priority)
    }

    private func guards(
        _ hooks: [String],
        _ handler: UnavailableHandler,
        _ name: String,
        _ stateKey: Int,
        _ conditions: HookConditions,
        priority: Int
    ) -> [PlannedHook] {
        let account = PluginAccount(name: name, isSerial: false)
        return (hooks.isEmpty ? HookName.standard : hooks.map { HookName($0) }).map { hook in
            PlannedHook(
                hook: hook,
                plugin: name,
                stateKey: stateKey,
                account: account,
                handler: handler,
                mode: .enforce,
                errorPolicy: .fail,
                conditions: conditions,
                timeoutNanoseconds: settings.pluginTimeout.nanoseconds,
                isInline: true,
                priority: priority
            )
        }
    }
}

extension PlanResult {
    fileprivate var priority: Int {
        switch self {
        case .loaded(let plan, _), .disabledFile(let plan), .quarantined(let plan, _): plan.priority
        case .failed(let entry, let plan, _): entry?.priority ?? plan?.priority ?? 100
        case .disabled(let entry): entry.priority
        }
    }

    fileprivate var member: Generation.Member {
        if case .loaded(_, let loaded) = self { return Generation.Member(status: status, instance: loaded.instance) }
        return Generation.Member(status: status, instance: nil)
    }
}
