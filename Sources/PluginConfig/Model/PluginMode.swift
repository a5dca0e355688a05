package import PluginHooks

extension PluginMode {
    /// The words of a configuration, of both vocabularies in use.
    package static let words: [(String, PluginMode)] =
        allCases.map { ($0.rawValue, $0) } + [("sequential", .enforce), ("transform", .permissive)]

    /// The mode that a word means; `nil` if it is none.
    package init?(word: String) {
        guard let mode = Self.words.first(where: { $0.0 == word })?.1 else { return nil }
        self = mode
    }
}
