import PluginConfig
import PluginStore

extension TrustPolicy {
    /// What a configuration trusts; files of keys are read.
    ///
    /// - Throws: Each key that cannot be used: without one of them, nobody could say what is trusted.
    init(_ configuration: RuntimeConfiguration) throws(LoadFailure) {
        let settings = configuration.trust
        self.init(checksOwners: settings.checkOwner, digests: settings.digests.map { Set($0.map(\.sha256)) })
        var problems: [ConfigProblem] = []
        for (index, text) in (settings.publicKeys ?? []).enumerated() {
            do throws(StoreError) {
                keys = try (keys ?? []) + [Self.key(text.value, configuration, self)]
            } catch {
                problems.append(
                    ConfigProblem(
                        severity: .error,
                        file: configuration.file,
                        position: text.position,
                        path: "trust.public_keys[\(index)]",
                        message: "\(error)",
                        hint: "name a file that hookgate plugin keygen has written, or put its line here"
                    )
                )
            }
        }
        if settings.publicKeys != nil { keys = keys ?? [] }
        guard problems.isEmpty else { throw LoadFailure(problems: problems) }
    }

    private static func key(
        _ text: String,
        _ configuration: RuntimeConfiguration,
        _ trust: TrustPolicy
    ) throws(StoreError) -> VerifyingKey {
        if VerifyingKey.isKey(text) { return try VerifyingKey(text, from: "the line") }
        return try VerifyingKey(file: configuration.absolute(text), trust.withAnyContent)
    }
}
