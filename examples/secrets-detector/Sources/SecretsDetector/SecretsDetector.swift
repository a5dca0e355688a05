public import PluginSDK
import PluginText

/// Finds credentials in prompts, tools and resources, and redacts or blocks them.
public struct SecretsDetector: Plugin {
    /// What is looked for, and what happens to what is found.
    public typealias Configuration = SecretsDetectorConfiguration

    /// The name in the manifest.
    public static let name = "secrets_detector"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let configuration: Configuration
    private let detector: Detector
    private let host: PluginHost

    /// Compiles the rules.
    public init(configuration: Configuration, host: PluginHost) throws {
        self.configuration = configuration
        self.host = host
        detector = try Detector(configuration)
    }

    /// Registers the five hooks.
    public func register(on hooks: HookRegistrar) {
        hooks.on(.promptPreFetch) { payload, _ in try inspect(payload, "args", "prompt arguments") }
        hooks.on(.promptPostFetch) { payload, _ in try inspect(payload, "result", "prompt result") }
        hooks.on(.toolPreInvoke) { payload, _ in try inspect(payload, "args", "tool arguments") }
        hooks.on(.toolPostInvoke) { payload, _ in try inspect(payload, "result", "tool result") }
        hooks.on(.resourcePostFetch) { payload, _ in try inspect(payload, "content", "resource") }
    }

    /// Looks at all texts of a field, however deep.
    private func inspect<Payload: StandardPayload & HookReply>(
        _ payload: Payload,
        _ field: String,
        _ place: String
    ) throws -> HookResult<Payload> {
        guard let value = payload.value(of: field) else { return .proceed }
        var report = DetectionReport()
        let scratch = MatchScratch()
        let changed = try value.rewritingStrings { text, path in
            try redacted(text, at: path, reportingTo: &report, using: scratch)
        }
        let total = report.total
        if total == 0 { return .proceed }
        host.count("secrets_found", by: total)
        if configuration.blocks, total >= configuration.minFindingsToBlock {
            var result = HookResult<Payload>.deny(report.violation(in: place))
            result.metadata = report.metadata(isRedacted: false)
            return result
        }
        var result = HookResult<Payload>(metadata: report.metadata(isRedacted: changed != nil))
        if let changed {
            var payload = payload
            payload.setValue(changed.root, of: field)
            result.modifiedPayload = payload
        }
        return result
    }

    /// The text without its secrets, or `nil` if it stays as it is.
    ///
    /// What was redacted may have hidden another secret, which began or ended there: the new text is looked at again.
    private func redacted(
        _ text: UTF8Span,
        at path: borrowing StringPath,
        reportingTo report: inout DetectionReport,
        using scratch: borrowing MatchScratch
    ) throws -> String? {
        var findings = try detector.findings(in: text, at: path, using: scratch)
        if findings.isEmpty { return nil }
        report.add(findings)
        guard configuration.redacts else { return nil }
        var result = try replacing(findings, in: text)
        for _ in 0..<Self.mostLooks {
            findings = try detector.findings(in: result.utf8Span, at: path, using: scratch)
            if findings.isEmpty { break }
            report.add(findings)
            result = try replacing(findings, in: result.utf8Span)
        }
        return result
    }

    private static let mostLooks = 8

    private func replacing(_ findings: [Finding], in text: UTF8Span) throws -> String {
        var spans = TextSpans<SecretKind>()
        for finding in findings { spans.add(finding.range, tag: finding.kind) }
        return try spans.replacing(in: text) { _, _ in configuration.redactionText } ?? String(copying: text)
    }
}
