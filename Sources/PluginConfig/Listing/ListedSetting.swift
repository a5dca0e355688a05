package import PluginPayloads

/// One setting for those who look into a configuration: where, what, and where that comes from.
package struct ListedSetting: Sendable, Equatable {
    /// The place, such as `plugins[2].priority`.
    package let path: String
    /// The value; for a secret, ``mask``.
    package let value: JSONValue
    package let source: String
    package let isSecret: Bool

    package init(path: String, value: JSONValue, source: String, isSecret: Bool = false) {
        self.path = path
        self.value = value
        self.source = source
        self.isSecret = isSecret
    }

    /// Stands for every secret, whatever its length.
    package static let mask: JSONValue = "********"
}
