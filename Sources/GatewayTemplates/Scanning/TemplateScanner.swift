/// Cuts a template into plain text and tags, as Jinja does: comments are dropped, raw sections become plain text, and
/// the white space around tags is removed where the author asks for it.
///
/// A line that only holds tags or comments leaves nothing behind: blanks before a tag at the beginning of a line are
/// dropped, and the newline after a tag. These are Jinja's `lstrip_blocks` and `trim_blocks`, with which ContextForge
/// renders prompts. A `+`, as in `{%+ if x +%}`, keeps them for one tag.
struct TemplateScanner {
    private let source: TemplateSource
    private var pieces: [TemplatePiece] = []
    private var offset = 0
    private var lines: LineCounter

    /// Tags of one template, so that none takes long to compile.
    static let maxTags = 5_000

    private init(_ source: TemplateSource) {
        self.source = source
        lines = LineCounter(source)
    }

    static func scan(_ source: TemplateSource) throws(TemplateError) -> [TemplatePiece] {
        var scanner = TemplateScanner(source)
        var tags = 0
        while let opening = scanner.nextOpening() {
            tags += 1
            guard tags <= maxTags else {
                throw source.error(at: opening.offset, "the template has more than \(maxTags) tags", hint: "split it")
            }
            try scanner.take(opening)
        }
        scanner.addText(to: source.bytes.count)
        return scanner.pieces
    }

    /// The next `{{`, `{%` or `{#`.
    private func nextOpening() -> Delimiter? {
        var start = offset
        while let brace = source.bytes[start...].firstIndex(of: UInt8(ascii: "{")) {
            if let delimiter = Delimiter(opening: source, at: brace) { return delimiter }
            start = brace + 1
        }
        return nil
    }

    private mutating func take(_ opening: Delimiter) throws(TemplateError) {
        let line = lines.line(at: opening.offset)
        addText(to: opening.offset, before: opening)
        if opening.kind == .comment { return try skipComment(opening) }
        let (tokens, end) = try TagLexer.read(source, opening)
        guard opening.kind == .block else {
            pieces.append(TemplatePiece(content: .output(tokens), offset: opening.offset, line: line))
            return skip(to: end, of: opening)
        }
        guard case .name(let name)? = tokens.first?.kind else {
            throw source.error(at: opening.offset, "this tag has no name", hint: "write for example `{% if name %}`")
        }
        if name == "raw" { return try takeRaw(opening, tokens, from: end) }
        let content = TemplatePiece.Content.tag(name: name, Array(tokens.dropFirst()))
        pieces.append(TemplatePiece(content: content, offset: opening.offset, line: line))
        skip(to: end, of: opening)
    }

    private mutating func skipComment(_ opening: Delimiter) throws(TemplateError) {
        guard let end = source.find("#}", from: opening.end) else { throw opening.unclosed(in: source) }
        skip(to: end, of: opening)
    }

    /// Everything between `{% raw %}` and `{% endraw %}` is text.
    private mutating func takeRaw(_ opening: Delimiter, _ tokens: [TagToken], from end: Int) throws(TemplateError) {
        guard tokens.count == 2 else {
            throw source.error(at: tokens[1].offset, "`raw` takes nothing, found \(tokens[1].kind)")
        }
        offset = end + 2
        if source.bytes[end - 1] == UInt8(ascii: "-") { skipSpaces() }
        var start = offset
        while let brace = source.find("{%", from: start) {
            if let closing = Delimiter(opening: source, at: brace), let end = closing.end(ofTag: "endraw", in: source) {
                addText(to: brace, before: closing)
                return skip(to: end, of: closing)
            }
            start = brace + 2
        }
        throw source.error(
            at: opening.offset,
            "`{% raw %}` is never closed",
            hint: "write `{% endraw %}` where it ends"
        )
    }

    /// Goes on behind a tag whose closing sign is at an offset.
    private mutating func skip(to closing: Int, of opening: Delimiter) {
        offset = closing + 2
        // In `{#-#}` the mark belongs to the opening sign.
        let mark = closing > opening.end ? source.bytes[closing - 1] : 0
        if mark == UInt8(ascii: "-") { return skipSpaces() }
        let keeps = opening.kind == .output || mark == UInt8(ascii: "+")
        if !keeps, source.has("\n", at: offset) { offset += 1 }
    }

    private mutating func skipSpaces() {
        while offset < source.bytes.count, source.bytes[offset].isSpace { offset += 1 }
    }

    /// Adds the text up to an offset, without the white space that the tag there removes.
    private mutating func addText(to end: Int, before opening: Delimiter? = nil) {
        var kept = end
        switch opening?.mark {
        case .trim:
            while kept > offset, source.bytes[kept - 1].isSpace { kept -= 1 }
        case .none? where opening?.kind != .output:
            var start = end
            while start > offset, source.bytes[start - 1].isSpace, source.bytes[start - 1] != .newline { start -= 1 }
            if start == 0 || source.bytes[start - 1] == .newline { kept = start }
        default: break
        }
        guard kept > offset else { return }
        let text = source.text(offset..<kept)
        pieces.append(TemplatePiece(content: .text(text), offset: offset, line: lines.line(at: offset)))
    }
}

/// Tells lines of rising offsets without counting from the beginning each time.
private struct LineCounter {
    private let source: TemplateSource
    private var offset = 0
    private var line = 1

    init(_ source: TemplateSource) {
        self.source = source
    }

    mutating func line(at offset: Int) -> Int {
        guard offset > self.offset else { return line }
        line += source.bytes[self.offset..<offset].count { $0 == .newline }
        self.offset = offset
        return line
    }
}
