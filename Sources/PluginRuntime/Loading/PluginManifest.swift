package import PluginLoader
package import PluginPayloads

/// What a plugin's file says about itself, without running it.
package struct PluginManifest: Sendable, Hashable {
    package var name: String
    package var version: String?
    package var author: String?
    package var description: String?
    package var tags: [String]
    package var hooks: [String]
    package var aliases: [String]
    package var defaultConfig: JSONObject
    package var configSchema: JSONValue?

    /// Reads the JSON of the section `.hookgate.manifest`.
    package init(section bytes: [UInt8]) throws(LoadError) {
        // Tools pad sections with zeros.
        let text = bytes.prefix { $0 != 0 }
        let value: JSONValue
        do throws(JSONError) { value = try PayloadBlock(json: Array(text)).value } catch {
            throw LoadError("its manifest is no JSON: \(error)")
        }
        guard value["manifest"]?.int == 1 else {
            throw LoadError("its manifest has no \"manifest\": 1, which is the only format that this release reads")
        }
        try self.init(value)
    }

    /// Reads the value of a `plugin-manifest.yaml`, or of the section.
    package init(_ value: JSONValue) throws(LoadError) {
        guard let object = value.object else { throw LoadError("its manifest is no object") }
        let fields = ManifestFields(object: object)
        guard let name = try fields.text("name"), !name.isEmpty else {
            throw LoadError("its manifest has no \"name\", by which `kind` finds the plugin")
        }
        self.name = name
        version = try fields.text("version")
        author = try fields.text("author")
        description = try fields.text("description")
        tags = try fields.texts("tags")
        hooks = try fields.texts("hooks") + fields.texts("available_hooks")
        aliases = try fields.texts("aliases")
        let configs = try (fields.object("default_config"), fields.object("default_configs"))
        defaultConfig = configs.0 ?? configs.1 ?? [:]
        configSchema = object["config_schema"]
    }

    /// The words by which an entry's `kind` may name the plugin.
    package var kinds: [String] { [name] + aliases }
}

/// Fields of a manifest, with messages that name them.
private struct ManifestFields {
    let object: JSONObject

    func text(_ key: String) throws(LoadError) -> String? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let text = value.string else { throw wrong(key, "a text", value) }
        return text
    }

    func texts(_ key: String) throws(LoadError) -> [String] {
        guard let value = object[key], !value.isNull else { return [] }
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count else { throw wrong(key, "a list of texts", value) }
        return texts
    }

    func object(_ key: String) throws(LoadError) -> JSONObject? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let object = value.object else { throw wrong(key, "an object", value) }
        return object
    }

    private func wrong(_ key: String, _ expected: String, _ value: JSONValue) -> LoadError {
        LoadError("its manifest has \(value.typeDescription) as \"\(key)\" where \(expected) is expected")
    }
}
