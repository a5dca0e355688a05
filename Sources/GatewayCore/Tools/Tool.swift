package import PluginPayloads

/// A tool as it is stored: a request to another server, whose arguments clients give.
package struct Tool: GatewayRecord {
    /// How the other server is asked.
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"

        /// Whether arguments that have no place in the URL go into its query; else they are the body.
        var sendsQuery: Bool { self == .get || self == .delete }
    }

    /// What kind of server is asked.
    package enum Integration: String, Sendable, CaseIterable {
        case rest = "REST"
    }

    package let stamp: RecordStamp
    package let name: String
    package let displayName: String?
    package let description: String?
    package let integration: Integration
    /// With `{name}` where an argument goes.
    package let url: String
    package let method: Method
    package let headers: HTTPHeaders
    /// A JSON Schema of the arguments.
    package let inputSchema: JSONObject
    /// The gateway that the tool is from; conditions of plugins call it the server.
    package let gatewayID: String?

    package static let kind = "tool"
    package static let path = "tools"
    package static let permissions = RecordPermissions(
        read: .toolsRead,
        create: .toolsCreate,
        update: .toolsUpdate,
        delete: .toolsDelete
    )

    package var key: String { name }

    package init(_ fields: inout RecordFields) {
        stamp = fields.stamp
        name = fields.name()
        displayName = fields.optionalText("display_name")
        description = fields.optionalText("description")
        integration = fields.choice("integration_type", Integration.self, or: .rest)
        url = fields.url("url")
        // Both words are in use; the one that a client gives counts.
        method = fields.choice(fields.gives("method") ? "method" : "request_type", Method.self, or: .get)
        headers = fields.headers("headers")
        inputSchema = fields.optionalObject("input_schema") ?? ["type": "object", "properties": [:]]
        gatewayID = fields.optionalText("gateway_id")
    }

    package var fields: JSONObject {
        [
            "name": .string(name), "display_name": displayName.map(JSONValue.string) ?? .null,
            "description": description.map(JSONValue.string) ?? .null,
            "integration_type": .string(integration.rawValue), "url": .string(url),
            "request_type": .string(method.rawValue),
            "headers": .object(JSONObject(headers.map { ($0.name, .string($0.value)) })),
            "input_schema": .object(inputSchema), "gateway_id": gatewayID.map(JSONValue.string) ?? .null,
        ]
    }

    package var shownFields: JSONObject {
        var shown = fields
        shown["headers"] = OutgoingHeaders.shown(headers)
        return shown
    }

    package func usable() throws(GatewayError) -> CallableTool { try CallableTool(self) }
}

extension RecordFields {
    /// The URL of another server, with or without places for arguments.
    mutating func url(_ key: String) -> String {
        let text = text(key)
        guard !text.isEmpty || value(key)?.string != nil else { return text }
        do throws(URLTemplate.Problem) { _ = try URLTemplate(text) } catch { report(key, error.text) }
        return text
    }
}
