import PluginSDK

/// Where lines go, and what they tell.
public struct AuditLogConfiguration: Decodable, Sendable {
    let path: String
    let includesArgumentKeys: Bool
    let includesPayload: Bool
    /// In lower case.
    let redactedKeys: Set<String>
    /// A longer line is written without its payload.
    let maxLineBytes: Int
    let queueBytes: Int
    /// How often to look whether the file was renamed.
    let rotationCheckInterval: Duration

    private enum CodingKeys: String, CodingKey {
        case path
        case includeArgumentKeys = "include_argument_keys"
        case includePayload = "include_payload"
        case redactKeys = "redact_keys"
        case maxLineBytes = "max_line_bytes"
        case queueBytes = "queue_bytes"
        case rotationCheckSeconds = "rotation_check_seconds"
    }

    private static let credentials = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api_key", "apikey", "credentials",
        "password", "passwd", "secret", "client_secret", "token", "access_token", "refresh_token", "private_key",
    ]

    /// Reads the configuration; every key but `path` may be absent.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        path = try values.decode(String.self, forKey: .path)
        includesArgumentKeys = try values.decodeIfPresent(Bool.self, forKey: .includeArgumentKeys) ?? false
        includesPayload = try values.decodeIfPresent(Bool.self, forKey: .includePayload) ?? false
        let keys = try values.decodeIfPresent([String].self, forKey: .redactKeys) ?? Self.credentials
        redactedKeys = Set(keys.map { $0.lowercased() })
        maxLineBytes = try values.decodeIfPresent(Int.self, forKey: .maxLineBytes) ?? 65_536
        queueBytes = try values.decodeIfPresent(Int.self, forKey: .queueBytes) ?? 8 << 20
        let seconds = try values.decodeIfPresent(Double.self, forKey: .rotationCheckSeconds) ?? 1
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw ConfigurationProblem(at: "/path", "the path is empty, or has a null byte; name a file")
        }
        guard maxLineBytes >= 256 else {
            throw ConfigurationProblem(at: "/max_line_bytes", "\(maxLineBytes) is less than 256")
        }
        guard queueBytes >= 1024 else {
            throw ConfigurationProblem(at: "/queue_bytes", "\(queueBytes) is less than 1024")
        }
        guard (0...3600).contains(seconds) else {
            throw ConfigurationProblem(at: "/rotation_check_seconds", "\(seconds) is not between 0 and 3600")
        }
        rotationCheckInterval = .seconds(seconds)
    }
}
