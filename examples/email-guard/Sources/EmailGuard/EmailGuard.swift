public import PluginSDK

/// A mail that is about to be sent: the payload of the custom hook `email_pre_send`.
public struct EmailPayload: Codable, Sendable {
    var recipient: String
    var subject: String
    var body: String
}

/// Completes recipients without a domain.
public struct EmailGuard: Plugin {
    /// What the operator configures.
    public struct Configuration: Decodable, Sendable {
        var domain: String
    }

    /// The name in the manifest.
    public static let name = "email_guard"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let domain: String

    /// Keeps the configuration.
    public init(configuration: Configuration, host: PluginHost) {
        domain = configuration.domain
    }

    /// Registers the hook.
    public func register(on hooks: HookRegistrar) {
        hooks.on("email_pre_send", EmailPayload.self, completeRecipient)
    }

    private func completeRecipient(_ email: EmailPayload, _ context: HookContext) -> HookResult<EmailPayload> {
        guard !email.recipient.contains("@") else { return .proceed }
        var completed = email
        completed.recipient += "@" + domain
        return .modified(completed, metadata: ["fixed_email": true])
    }
}
