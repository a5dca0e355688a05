import PluginHooks
import PluginPayloads

extension HookResponse {
    /// A hook that did nothing.
    static var nothing: HookResponse { .completed(nil) }

    /// A hook that asked for something.
    static func effects(_ change: (HookEffects) -> Void) -> HookResponse {
        let effects = HookEffects()
        change(effects)
        return .completed(effects)
    }

    /// A hook that replied with JSON text.
    static func reply(_ json: String) throws -> HookResponse {
        let block = try PayloadBlock(json: json)
        return effects { $0.reply = block }
    }

    /// A hook that denied.
    static func denial(_ code: String = "NO") -> HookResponse {
        effects { $0.denial = PluginViolation(reason: "because", description: "It was so.", code: code) }
    }
}

extension PluginViolation {
    /// What `HookResponse.denial` becomes.
    static func denied(_ code: String = "NO", by plugin: String) -> PluginViolation {
        var violation = PluginViolation(reason: "because", description: "It was so.", code: code)
        violation.pluginName = plugin
        return violation
    }
}

extension RequestState {
    /// The state of a new request.
    convenience init() { self.init(context: Self.anyContext) }

    /// The state of a new request whose outcomes say what each plugin did.
    static func recording() -> RequestState { RequestState(context: anyContext, recordsExecutions: true) }

    private static let anyContext: RequestContext = {
        guard let context = try? RequestContext(RequestIdentity(requestID: "r1")) else {
            preconditionFailure("an identity without a user always fits into a block")
        }
        return context
    }()
}

extension HookPlan {
    convenience init(
        _ hooks: [PlannedHook],
        on hook: HookName = .toolPreInvoke,
        limits: PayloadLimits = PayloadLimits(),
        runsBandsInParallel: Bool = false,
        observer: any HookObserver = RecordingObserver()
    ) {
        self.init(
            hook: hook,
            hooks: hooks,
            limits: limits,
            runsBandsInParallel: runsBandsInParallel,
            observer: observer
        )
    }
}

extension HookOutcome {
    /// What `HookResponse.denial` makes of a request.
    static func blocked(
        _ code: String = "NO",
        by plugin: String,
        metadata: JSONObject = [:],
        httpHeaders: JSONObject = [:]
    ) -> HookOutcome {
        var outcome = HookOutcome(
            continueProcessing: false,
            violation: .denied(code, by: plugin),
            metadata: metadata,
            httpHeaders: httpHeaders
        )
        outcome.metadata["_decision_plugin"] = .string(plugin)
        return outcome
    }

    /// What a plugin's error makes of a request.
    static func failed(_ code: PluginError.Code, _ message: String, by plugin: String) -> HookOutcome {
        HookOutcome(
            continueProcessing: false,
            error: PluginError(code: code, message: message, pluginName: plugin)
        )
    }
}

extension ExecutionRecord {
    /// The record in short, without how long the call took: what is as usual is left out.
    var summary: String {
        var text = "\(pluginName) \(mode) \(status.rawValue)"
        if let errorCode, let reason { text += ": \(errorCode) \(reason)" }
        if !requestedAllow { text += ", denies" }
        if !effectiveAllow { text += ", stops" }
        if !matched { text += ", no match" }
        if applied { text += ", applied" }
        if payloadModified { text += ", modified" }
        return text
    }
}

/// An outcome in which a plugin was too late.
func lateOutcome(of plugin: String, seconds: String) -> HookOutcome {
    let message = "Plugin \(plugin) exceeded \(seconds)s timeout"
    return HookOutcome(
        continueProcessing: false,
        error: PluginError(code: .timeout, message: message, pluginName: plugin)
    )
}

/// Another plugin's payload, for calls whose payload does not matter.
let anyPayload = PayloadBlock.emptyObject
