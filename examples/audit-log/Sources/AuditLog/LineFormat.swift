import PluginSDK

/// Makes a line of JSON of a call.
struct LineFormat: Sendable {
    let configuration: AuditLogConfiguration

    /// The line, with the line feed at its end.
    func line(
        of hook: AuditedHook,
        _ payload: some StandardPayload,
        _ identity: RequestIdentity,
        at time: Timestamp
    ) throws -> [UInt8] {
        var entry: JSONObject = [
            "time": .string(time.description), "request_id": .string(identity.requestID), "hook": .string(hook.name),
            "user": Self.name(of: identity.user), "tenant": identity.tenantID.map { .string($0) } ?? .null,
            "subject": hook.subject.flatMap { payload.value(of: $0)?.string }.map { .string($0) } ?? .null,
        ]
        if configuration.includesArgumentKeys, let arguments = hook.arguments.flatMap({ payload.value(of: $0) }) {
            entry["argument_keys"] = .array((0..<arguments.count).map { .string(arguments.key(at: $0)) })
        }
        let short = Self.bytes(of: entry)
        guard configuration.includesPayload else { return short }
        entry["payload"] = redacted(try payload.block.value)
        let whole = Self.bytes(of: entry)
        if whole.count <= configuration.maxLineBytes { return whole }
        entry["payload"] = nil
        entry["payload_bytes"] = .int(Int64(whole.count - short.count))
        return Self.bytes(of: entry)
    }

    private static func bytes(of entry: JSONObject) -> [UInt8] {
        Array(JSONValue.object(entry).description.utf8) + [UInt8(ascii: "\n")]
    }

    /// A user is a name, or an object that has one.
    private static func name(of user: JSONValue?) -> JSONValue {
        guard let object = user?.object else { return user ?? .null }
        return object["email"] ?? object["user_id"] ?? .null
    }

    /// The value without those of the keys that are to be hidden, however deep.
    private func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(redacted))
        case .object(var object):
            for (key, value) in object {
                object[key] = configuration.redactedKeys.contains(key.lowercased()) ? "[REDACTED]" : redacted(value)
            }
            return .object(object)
        default: return value
        }
    }
}
