package import PluginPayloads

/// An agent as it is stored: a server that speaks A2A.
package struct Agent: GatewayRecord {
    package let stamp: RecordStamp
    package let name: String
    package let description: String?
    package let endpoint: String
    /// What the operator calls its kind.
    package let agentType: String
    package let version: A2AVersion
    package let headers: HTTPHeaders

    package static let kind = "agent"
    package static let path = "agents"
    package static let permissions = RecordPermissions(
        read: .agentsRead,
        create: .agentsCreate,
        update: .agentsUpdate,
        delete: .agentsDelete
    )

    package var key: String { name }

    package init(_ fields: inout RecordFields) {
        stamp = fields.stamp
        name = fields.name()
        description = fields.optionalText("description")
        endpoint = fields.url("endpoint_url")
        if endpoint.contains("{") { fields.report("endpoint_url", "an agent's URL has no places") }
        agentType = fields.optionalText("agent_type") ?? "generic"
        version = fields.a2aVersion("protocol_version")
        headers = fields.headers("headers")
    }

    package var fields: JSONObject {
        [
            "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "endpoint_url": .string(endpoint), "agent_type": .string(agentType),
            "protocol_version": .string(version.rawValue),
            "headers": .object(JSONObject(headers.map { ($0.name, .string($0.value)) })),
        ]
    }

    package var shownFields: JSONObject {
        var shown = fields
        shown["headers"] = OutgoingHeaders.shown(headers)
        return shown
    }

    package func usable() throws(GatewayError) -> Agent { self }
}

extension RecordFields {
    /// A version of A2A; the current one if it is absent.
    fileprivate mutating func a2aVersion(_ key: String) -> A2AVersion {
        guard let text = optionalText(key) else { return .current }
        if text == "1" || text.hasPrefix("1.") { return .current }
        if text == "0.3" || text.hasPrefix("0.3.") || text.hasPrefix("0.2") { return .former }
        report(key, "expected 1.0 or 0.3, found \"\(text)\"")
        return .current
    }
}
