package import PluginPayloads

/// A resource as it is stored.
package struct Resource: GatewayRecord {
    /// Where its content comes from.
    package enum Source: Sendable, Equatable {
        case text(String)
        /// Bytes, in base64.
        case blob(String)
        /// A text with the parameters of the URI in it, in the syntax of prompts.
        case template(String)
        /// Another server; with `{name}` where a parameter of the URI goes.
        case url(String)
    }

    package let stamp: RecordStamp
    /// With `{name}` where clients put a parameter.
    package let uri: String
    package let name: String
    package let description: String?
    package let mimeType: String?
    package let source: Source

    package static let kind = "resource"
    package static let path = "resources"
    package static let keyField = "uri"
    package static let permissions = RecordPermissions(
        read: .resourcesRead,
        create: .resourcesCreate,
        update: .resourcesUpdate,
        delete: .resourcesDelete
    )

    package var key: String { uri }

    /// Whether clients put parameters into the URI.
    package var isTemplate: Bool { uri.contains("{") }

    package init(_ fields: inout RecordFields) {
        stamp = fields.stamp
        uri = fields.uri()
        name = fields.text("name")
        description = fields.optionalText("description")
        mimeType = fields.optionalText("mime_type")
        source = Source(&fields)
    }

    package var fields: JSONObject {
        [
            "uri": .string(uri), "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "mime_type": mimeType.map(JSONValue.string) ?? .null, source.key: .string(source.value),
        ]
    }

    /// Without the content, which clients get through the hooks alone.
    package var shownFields: JSONObject {
        var shown = fields
        if source.isContent { shown[source.key] = nil }
        return shown
    }

    package func usable() throws(GatewayError) -> ReadableResource { try ReadableResource(self) }
}

extension Resource.Source {
    private static let keys = ["text", "content", "blob", "template", "url"]

    fileprivate var key: String {
        switch self {
        case .text: "text"
        case .blob: "blob"
        case .template: "template"
        case .url: "url"
        }
    }

    /// Whether it holds the content itself, and not the place where that is.
    fileprivate var isContent: Bool {
        if case .url = self { false } else { true }
    }

    fileprivate var value: String {
        switch self {
        case .text(let value), .blob(let value), .template(let value), .url(let value): value
        }
    }

    /// Reads the one source; a new one takes the place of the old.
    fileprivate init(_ fields: inout RecordFields) {
        let given = Self.keys.filter { fields.gives($0) && fields.value($0) != nil }
        let known = given.isEmpty ? Self.keys.filter { fields.value($0) != nil } : given
        guard known.count == 1 else {
            fields.report("content", "expected exactly one of text, blob, template and url")
            self = .text("")
            return
        }
        switch known[0] {
        case "blob":
            let text = fields.text("blob")
            if !Base64.isEncoded(text) { fields.report("blob", "expected base64") }
            self = .blob(text)
        case "template": self = .template(fields.text("template"))
        case "url": self = .url(fields.url("url"))
        default: self = .text(fields.text(known[0]))
        }
    }
}

extension RecordFields {
    /// A URI, with or without places.
    fileprivate mutating func uri() -> String {
        let uri = text("uri")
        guard value("uri")?.string != nil else { return uri }
        if uri.isEmpty || uri.utf8.count > 2_048 { report("uri", "expected 1 to 2048 bytes") }
        if uri.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            report("uri", "a control character is not allowed")
        }
        return uri
    }
}
