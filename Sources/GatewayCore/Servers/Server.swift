package import PluginPayloads

/// A virtual server as it is stored: a choice of what the gateway has.
package struct Server: GatewayRecord {
    package let stamp: RecordStamp
    package let name: String
    package let description: String?
    package let icon: String?
    /// Names or identifiers.
    package let tools: [String]
    package let resources: [String]
    package let prompts: [String]
    package let agents: [String]
    package let tags: [String]

    package static let kind = "server"
    package static let path = "servers"
    package static let permissions = RecordPermissions(
        read: .serversRead,
        create: .serversCreate,
        update: .serversUpdate,
        delete: .serversDelete
    )
    package static var registration: RegistrationHooks? {
        RegistrationHooks(before: .serverPreRegister, after: .serverPostRegister, field: "server")
    }

    package var key: String { name }

    package init(_ fields: inout RecordFields) {
        stamp = fields.stamp
        name = fields.name()
        description = fields.optionalText("description")
        icon = fields.optionalText("icon")
        tools = fields.texts("associated_tools")
        resources = fields.texts("associated_resources")
        prompts = fields.texts("associated_prompts")
        agents = fields.texts("associated_a2a_agents")
        tags = fields.texts("tags")
    }

    package var fields: JSONObject {
        [
            "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "icon": icon.map(JSONValue.string) ?? .null, "associated_tools": Self.list(tools),
            "associated_resources": Self.list(resources), "associated_prompts": Self.list(prompts),
            "associated_a2a_agents": Self.list(agents), "tags": Self.list(tags),
        ]
    }

    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    package func usable() throws(GatewayError) -> Server { self }
}
