public import PluginSDK

/// Cuts texts of answers that are too long, or blocks answers whose texts are too long or too short.
public struct OutputLengthGuard: Plugin {
    /// How long a text may be, and what happens to one that is not.
    public typealias Configuration = OutputLengthGuardConfiguration

    /// The name in the manifest.
    public static let name = "output_length_guard"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let configuration: Configuration

    /// Keeps the configuration.
    public init(configuration: Configuration, host: PluginHost) {
        self.configuration = configuration
    }

    /// Registers the three hooks.
    public func register(on hooks: HookRegistrar) {
        hooks.on(.toolPostInvoke) { payload, _ in try check(payload, "result") }
        hooks.on(.promptPostFetch) { payload, _ in try check(payload, "result") }
        hooks.on(.resourcePostFetch) { payload, _ in try check(payload, "content") }
    }

    private func check<Payload: StandardPayload & HookReply>(
        _ payload: Payload,
        _ field: String
    ) throws -> HookResult<Payload> {
        guard let value = payload.value(of: field)?.value else { return .proceed }
        var lengths = OutputLengths()
        let changed = OutputTexts.rewrite(value) { text in
            let limit = configuration.maxCharacters.flatMap { text.isLonger(than: $0) ? $0 : nil }
            let shortened = limit.map { text.shortened(to: $0, ellipsis: configuration.ellipsis) }
            lengths.add(text, shortenedTo: shortened, min: configuration.minCharacters)
            return shortened
        }
        if lengths.areRight { return .proceed }
        if configuration.strategy == .block {
            return .deny(lengths.violation(min: configuration.minCharacters, max: configuration.maxCharacters))
        }
        var result = HookResult<Payload>(metadata: lengths.metadata)
        if let changed {
            var payload = payload
            payload.setValue(try PayloadBlock(changed).root, of: field)
            result.modifiedPayload = payload
        }
        return result
    }
}
