public import PluginSDK
import PluginText

/// Masks personal data in prompts, tool arguments and tool results, or blocks what holds some.
public struct PIIFilter: Plugin, Sendable {
    /// What the filter looks for, and what it does with it.
    public typealias Configuration = PIIFilterConfiguration

    /// The name in the manifest.
    public static let name = "pii_filter"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let detector: Detector
    private let masker: Masker
    private let limits: ValueLimits
    private let blocks: Bool
    /// Where detections are logged, if they are.
    private let log: PluginLog?

    /// Compiles the rules.
    public init(configuration: Configuration, host: PluginHost) throws {
        detector = try Detector(configuration)
        masker = Masker(redactionText: configuration.redactionText, salt: configuration.hashSalt)
        limits = configuration.limits
        blocks = configuration.blocks
        log = configuration.logs ? host.log : nil
    }

    /// Registers the four hooks.
    public func register(on hooks: HookRegistrar) {
        hooks.on(.promptPreFetch) { payload, _ in try filter(payload, at: .promptPreFetch) }
        hooks.on(.promptPostFetch) { payload, _ in try filter(payload, at: .promptPostFetch) }
        hooks.on(.toolPreInvoke) { payload, _ in try filter(payload, at: .toolPreInvoke) }
        hooks.on(.toolPostInvoke) { payload, _ in try filter(payload, at: .toolPostInvoke) }
    }

    private func filter<Payload: StandardPayload & HookReply>(
        _ payload: Payload,
        at stage: Stage
    ) throws -> HookResult<Payload> {
        guard let value = payload.value(of: stage.field) else { return .proceed }
        try value.check(limits)
        var report = DetectionReport(needsPath: blocks)
        let scratch = MatchScratch()
        let changed = try value.rewritingStrings { text, path in
            let spans = try detector.findings(in: text, using: scratch)
            if spans.isEmpty || stage.skips(path) { return nil }
            report.add(spans, at: path)
            return blocks ? nil : try spans.replacing(in: text) { masker.mask($1, as: $0.tag) }
        }
        if report.isEmpty { return .proceed }
        var result = HookResult<Payload>(metadata: ["pii_filter": report.metadata(stage, isMasked: !blocks)])
        if let log { log(blocks ? .warning : .info, report.line(stage, isMasked: !blocks)) }
        if blocks {
            result.continueProcessing = false
            result.violation = report.violation(stage, field: try masked(report.firstPath))
        } else if let changed {
            var payload = payload
            payload.setValue(changed.root, of: stage.field)
            result.modifiedPayload = payload
        }
        return result
    }

    /// The path of a text, whose keys may be personal data as well.
    private func masked(_ path: String) throws -> String {
        let spans = try detector.findings(in: path.utf8Span, using: MatchScratch())
        return try spans.replacing(in: path) { _, _ in "*" } ?? path
    }
}
