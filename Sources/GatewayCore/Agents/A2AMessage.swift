import PluginPayloads

/// A message between A2A and the hooks, to which it is `{role, content}` and whatever else it holds.
enum A2AMessage {
    /// What of a message the hooks see in another form.
    private static let rewritten: Set = ["kind", "role", "parts"]

    /// A message as the hooks see it: one text as such, and else all parts.
    static func forHooks(_ message: JSONObject) -> JSONValue {
        let parts = (message["parts"]?.array ?? []).map(A2APart.forHooks)
        var content = JSONValue.array(parts)
        if parts.count == 1, let part = parts[0].object, part["type"] == "text", part.count == 2 { content = parts[0] }
        let role = message["role"]?.string?.lowercased()
        var result: JSONObject = [
            "role": role == "role_agent" || role == "agent" ? "agent" : "user", "content": content,
        ]
        for (key, value) in message where !rewritten.contains(key) { result[key] = value }
        return .object(result)
    }

    /// A message as an agent or a client gets it.
    static func onWire(_ message: JSONValue, _ version: A2AVersion) -> JSONObject {
        var result: JSONObject = version == .former ? ["kind": "message"] : [:]
        let isUser = message["role"]?.string.map { $0 == "user" } ?? true
        switch version {
        case .current: result["role"] = isUser ? "ROLE_USER" : "ROLE_AGENT"
        case .former: result["role"] = isUser ? "user" : "agent"
        }
        result["messageId"] = message["messageId"] ?? .string(Identifier.random())
        result["parts"] = .array(parts(message, version))
        for (key, value) in message.object ?? [:] where result[key] == nil && key != "content" && !value.isNull {
            result[key] = value
        }
        return result
    }

    /// The parts of what the hooks have left of a message.
    static func parts(_ message: JSONValue, _ version: A2AVersion) -> [JSONValue] {
        let content = message["content"] ?? .null
        return (content.array ?? (content.isNull ? [] : [content])).map { A2APart.onWire($0, version) }
    }
}

/// A part of a message.
enum A2APart {
    /// A part as the hooks see it: texts have a type, and files and data the form of the current version.
    static func forHooks(_ part: JSONValue) -> JSONValue {
        guard var object = part.object else { return part }
        object["kind"] = nil
        if let text = object["text"] {
            object["text"] = nil
            return .object(JSONObject([("type", "text"), ("text", text)] + object.map { ($0.key, $0.value) }))
        }
        guard let file = object["file"]?.object else { return .object(object) }
        object["file"] = nil
        for (former, current) in fileKeys { object[current] = file[former] }
        return .object(object)
    }

    /// A part as an agent or a client gets it.
    static func onWire(_ part: JSONValue, _ version: A2AVersion) -> JSONValue {
        if let text = part.string { return onWire(["type": "text", "text": .string(text)], version) }
        guard var object = part.object else { return onWire(["data": part], version) }
        if object["type"] == "text", object["text"] != nil { object["type"] = nil }
        guard version == .former else { return .object(object) }
        if object["text"] != nil { return .object(JSONObject([("kind", "text")] + object.map { ($0.key, $0.value) })) }
        guard object["url"] != nil || object["raw"] != nil else {
            return .object(JSONObject([("kind", "data")] + object.map { ($0.key, $0.value) }))
        }
        var file = JSONObject()
        for (former, current) in fileKeys {
            file[former] = object[current]
            object[current] = nil
        }
        return .object(JSONObject([("kind", "file"), ("file", .object(file))] + object.map { ($0.key, $0.value) }))
    }

    /// What a file's members are called in the two versions.
    private static let fileKeys = [("uri", "url"), ("bytes", "raw"), ("mimeType", "mediaType"), ("name", "filename")]
}
