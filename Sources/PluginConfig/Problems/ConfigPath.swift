import YAMLTree

/// A place in a configuration, written as `plugins[2].config.words[0]`.
struct ConfigPath: Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String = "") { self.description = description }

    func key(_ key: String) -> ConfigPath {
        let isWord = !key.isEmpty && key.utf8.allSatisfy { Self.wordBytes.contains($0) }
        guard isWord else { return ConfigPath(description + "[\(key.quoted)]") }
        return ConfigPath(description.isEmpty ? key : "\(description).\(key)")
    }

    func element(_ index: Int) -> ConfigPath { ConfigPath("\(description)[\(index)]") }

    private static let wordBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".utf8)
}
