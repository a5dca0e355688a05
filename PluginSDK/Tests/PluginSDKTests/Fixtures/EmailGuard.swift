import PluginSDK

struct EmailPayload: Codable, Sendable {
    var recipient: String
    var subject: String
    var body: String
}

/// The plugin of the README: a custom hook with its own payload.
struct EmailGuard: Plugin {
    static let name = "email_guard"
    static let version = "1.0.0"

    struct Configuration: Decodable, Sendable {
        var domain: String
    }

    let configuration: Configuration

    init(configuration: Configuration, host: PluginHost) {
        self.configuration = configuration
    }

    func register(on hooks: HookRegistrar) {
        hooks.on("email_pre_send", EmailPayload.self, validate)
    }

    func validate(_ email: EmailPayload, _ context: HookContext) throws -> HookResult<EmailPayload> {
        if email.recipient.contains("@") { return .proceed }
        var fixed = email
        fixed.recipient += "@" + configuration.domain
        return .modified(fixed, metadata: ["fixed_email": true])
    }
}
