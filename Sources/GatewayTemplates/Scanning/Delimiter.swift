/// What a tag begins with.
struct Delimiter {
    enum Kind {
        case output
        case block
        case comment
    }

    /// What the sign behind the braces says about the white space before them.
    enum Mark {
        case none
        case trim
        case keep
    }

    let kind: Kind
    let mark: Mark
    let offset: Int

    /// Where what is inside begins.
    let end: Int

    /// The beginning of a tag at an offset, if one begins there.
    init?(opening source: TemplateSource, at offset: Int) {
        guard source.has("{", at: offset), offset + 1 < source.bytes.count else { return nil }
        switch source.bytes[offset + 1] {
        case UInt8(ascii: "{"): kind = .output
        case UInt8(ascii: "%"): kind = .block
        case UInt8(ascii: "#"): kind = .comment
        default: return nil
        }
        self.offset = offset
        if source.has("-", at: offset + 2) {
            mark = .trim
        } else {
            mark = source.has("+", at: offset + 2) ? .keep : .none
        }
        end = mark == .none ? offset + 2 : offset + 3
    }

    var opening: String {
        switch kind {
        case .output: "{{"
        case .block: "{%"
        case .comment: "{#"
        }
    }

    var closing: String {
        switch kind {
        case .output: "}}"
        case .block: "%}"
        case .comment: "#}"
        }
    }

    func unclosed(in source: TemplateSource) -> TemplateError {
        let hint = "write `\(closing)` where it ends, or `{% raw %}` before braces that are text"
        return source.error(at: offset, "`\(opening)` is never closed", hint: hint)
    }

    /// Whether the inside closes after an offset and before another tag begins.
    func isClosed(in source: TemplateSource) -> Bool {
        guard let closing = source.find(closing, from: end) else { return false }
        return !(end..<closing).contains { Delimiter(opening: source, at: $0) != nil }
    }

    /// Where the closing sign of a tag without anything but this name is, if this is that tag.
    func end(ofTag name: String, in source: TemplateSource) -> Int? {
        var offset = end
        func skipSpaces() { while offset < source.bytes.count, source.bytes[offset].isSpace { offset += 1 } }
        skipSpaces()
        guard source.has(name, at: offset) else { return nil }
        offset += name.utf8.count
        skipSpaces()
        if source.has("-", at: offset) || source.has("+", at: offset) { offset += 1 }
        return source.has(closing, at: offset) ? offset : nil
    }
}
