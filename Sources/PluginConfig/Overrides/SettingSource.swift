/// Where the value of a setting comes from.
package enum SettingSource: Sendable, Equatable, CustomStringConvertible {
    case flag(String)
    case variable(String)
    case file(String, line: Int)
    case standard
    /// From what a running gateway was told, or from another setting.
    case other(String)

    /// `flag --port`, `environment PORT`, `file plugins.yaml:12`, `default`.
    package var description: String {
        switch self {
        case .flag(let name): "flag \(name)"
        case .variable(let name): "environment \(name)"
        case .file(let file, let line): "file \(file):\(line)"
        case .standard: "default"
        case .other(let text): text
        }
    }
}
