package import YAMLTree

/// Where an entry stands in its file, to name the place of what is found out only when the plugin is loaded.
package struct EntrySource: Sendable, Equatable {
    package let file: String
    /// The place among the others, such as `plugins[2]`.
    package let path: String
    package let position: SourcePosition
    /// The key `config` and its value, if the entry has it.
    let config: YAMLEntry?

    /// Where a part of the entry's `config` stands; for one that is not there, its nearest ancestor that is.
    package func position(ofJSONPointer pointer: String) -> SourcePosition {
        resolve(pointer).position
    }

    /// A problem with a part of the entry's `config`, as a plugin reports it.
    package func problem(
        _ severity: ConfigProblem.Severity,
        atJSONPointer pointer: String,
        _ message: String,
        hint: String? = nil
    ) -> ConfigProblem {
        let (path, position) = resolve(pointer)
        return ConfigProblem(
            severity: severity,
            file: file,
            position: position,
            path: path.description,
            message: message,
            hint: hint
        )
    }

    private func resolve(_ pointer: String) -> (path: ConfigPath, position: SourcePosition) {
        var path = ConfigPath(path).key("config")
        guard let config else { return (path, position) }
        var node = config.value
        var position = config.shownPosition
        for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            switch node.content {
            case .mapping(let entries):
                let key = Self.unescaped(token)
                guard let entry = entries.first(where: { $0.key == key }) else { return (path.key(key), position) }
                (path, position, node) = (path.key(key), entry.shownPosition, entry.value)
            case .sequence(let elements):
                guard let index = Int(token), elements.indices.contains(index) else { return (path, position) }
                (path, position, node) = (path.element(index), elements[index].position, elements[index])
            case .scalar:
                return (path, position)
            }
        }
        return (path, position)
    }

    /// Undoes the two escapes of JSON Pointer (RFC 6901), in the order that keeps `~01` apart from `/`.
    private static func unescaped(_ token: Substring) -> String {
        var text = ""
        var isEscape = false
        for character in token {
            switch (isEscape, character) {
            case (false, "~"): isEscape = true
            case (true, "0"): (text, isEscape) = (text + "~", false)
            case (true, "1"): (text, isEscape) = (text + "/", false)
            default: (text, isEscape) = (text + (isEscape ? "~" : "") + String(character), false)
            }
        }
        return text + (isEscape ? "~" : "")
    }
}

extension YAMLEntry {
    /// The place to show for the entry: its value, or its key if the value begins on a later line.
    fileprivate var shownPosition: SourcePosition {
        value.position.line == keyPosition.line ? value.position : keyPosition
    }
}
