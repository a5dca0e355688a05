import CanonicalHosts
import PluginSDK

extension PluginViolation {
    static func invalidURI(_ text: String, _ problem: URIProblem) -> PluginViolation {
        PluginViolation(
            reason: "Invalid URI",
            description: "The URI cannot be understood: \(problem)",
            code: "INVALID_URI",
            details: ["uri": .string(text)]
        )
    }

    static func protocolBlocked(_ uri: ResourceURI, _ text: String, _ allowed: [String]) -> PluginViolation {
        PluginViolation(
            reason: "Protocol not allowed",
            description: "Protocol '\(uri.scheme)' is not among the allowed ones",
            code: "PROTOCOL_BLOCKED",
            details: [
                "uri": .string(text), "protocol": .string(uri.scheme),
                "allowed": .array(allowed.map(JSONValue.string)),
            ]
        )
    }

    static func domainBlocked(_ host: Host, _ text: String) -> PluginViolation {
        PluginViolation(
            reason: "Domain is blocked",
            description: "Domain '\(host)' is blocked",
            code: "DOMAIN_BLOCKED",
            details: ["uri": .string(text), "domain": .string(host.description)]
        )
    }

    static func contentTooLarge(_ size: Int, _ maximum: Int) -> PluginViolation {
        PluginViolation(
            reason: "Content exceeds maximum size",
            description: "The resource has \(size) bytes of text, and \(maximum) are allowed",
            code: "CONTENT_TOO_LARGE",
            details: ["size": .int(Int64(size)), "max_size": .int(Int64(maximum))]
        )
    }
}
