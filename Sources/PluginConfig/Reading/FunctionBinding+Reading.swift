import YAMLTree

extension FunctionBinding {
    enum Key: String, CaseIterable {
        case library
        case symbol
        case hook
        case signature
    }

    /// Reads the `config` of an entry of kind `ffi`; all four keys are required.
    init?(_ section: Section<Key>) {
        let library = Self.name(.library, section)
        let symbol = Self.name(.symbol, section)
        let hook = Self.name(.hook, section)
        let signature = Self.name(.signature, section)
        guard let library, let symbol, let hook, let signature else { return nil }
        self.init(library: library, symbol: symbol, hook: hook, signature: signature)
    }

    private static func name(_ key: Key, _ section: Section<Key>) -> Located<String>? {
        guard let field = section[key] else {
            section.reportMissing(key, "is required with kind: ffi")
            return nil
        }
        return field.name()
    }
}
