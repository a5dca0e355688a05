import YAMLTree

/// A mapping of the file whose possible keys are the cases of `Key`.
struct Section<Key: RawRepresentable<String> & CaseIterable> {
    let field: Field
    private let entries: [String: YAMLEntry]

    /// Takes a mapping, and warns about its unknown keys; other values are errors.
    init?(_ field: Field) {
        guard case .mapping(let entries) = field.node.content else {
            field.error(expected: "a mapping")
            return nil
        }
        self.field = field
        self.entries = Dictionary(entries.lazy.map { ($0.key, $0) }) { first, _ in first }
        UnknownKeys.report(entries, in: field, known: Key.allCases.map(\.rawValue))
    }

    /// The value of a key; `nil` if it is missing or null.
    subscript(key: Key) -> Field? {
        guard let entry = entries[key.rawValue] else { return nil }
        let value = Field(node: entry.value, path: path(of: key), log: field.log)
        return value.isNull ? nil : value
    }

    /// The key and the value as they stand in the file.
    func entry(_ key: Key) -> YAMLEntry? { entries[key.rawValue] }

    /// Reports that a key is missing, at its place if it is there without a value.
    func reportMissing(_ key: Key, _ message: String = "is required", hint: String? = nil) {
        let position = entries[key.rawValue]?.keyPosition ?? field.position
        field.log.error(message, at: position, path: path(of: key), hint: hint)
    }

    private func path(of key: Key) -> ConfigPath { field.path.key(key.rawValue) }
}
