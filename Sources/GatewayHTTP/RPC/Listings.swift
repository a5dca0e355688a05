import GatewayCore
import PluginPayloads

// Records as MCP lists them, without what is null.

extension Tool {
    var listing: JSONObject {
        let object: JSONObject = [
            "name": .string(name), "title": displayName.map(JSONValue.string) ?? .null,
            "description": description.map(JSONValue.string) ?? .null, "inputSchema": .object(inputSchema),
        ]
        return object.withoutNulls
    }
}

extension Prompt {
    var listing: JSONObject {
        let object: JSONObject = [
            "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "arguments": .array(arguments.map { .object($0.object.withoutNulls) }),
        ]
        return object.withoutNulls
    }
}

extension Resource {
    var listing: JSONObject {
        let object: JSONObject = [
            isTemplate ? "uriTemplate" : "uri": .string(uri), "name": .string(name),
            "description": description.map(JSONValue.string) ?? .null,
            "mimeType": mimeType.map(JSONValue.string) ?? .null,
        ]
        return object.withoutNulls
    }
}

extension JSONObject {
    /// The members that are not null.
    var withoutNulls: JSONObject { JSONObject(filter { !$0.value.isNull }.map { ($0.key, $0.value) }) }
}
