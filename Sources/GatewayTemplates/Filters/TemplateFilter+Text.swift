extension TemplateFilter {
    static func upper(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        .text(try state.text(of: value).uppercased())
    }

    static func lower(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        .text(try state.text(of: value).lowercased())
    }

    /// The first character large, all others small.
    static func capitalize(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let text = try state.text(of: value)
        return .text(text.prefix(1).uppercased() + text.dropFirst().lowercased())
    }

    /// The first character of each word large, all others small; words are parted by white space, hyphens and opening
    /// brackets.
    static func title(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let text = try state.text(of: value)
        // Going from character to character takes longer than what the text cost.
        try state.spend(4 * text.utf8.count)
        var result = ""
        var isInside = false
        for character in text {
            result += isInside ? character.lowercased() : character.uppercased()
            isInside = !character.isWhitespace && !"-({[<".contains(character)
        }
        return .text(result)
    }

    /// Without white space at both ends.
    static func trim(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let scalars = try state.text(of: value).unicodeScalars
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let end = scalars.lastIndex { !$0.properties.isWhitespace }.map { scalars.index(after: $0) } ?? start
        return .text(String(scalars[start..<end]))
    }

    /// A text with another one in every place where a third one was.
    static func replace(
        _ value: TemplateValue,
        _ arguments: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let text = Array(try state.text(of: value).utf8)
        let old = try state.text(of: arguments[0])
        let new = try state.text(of: arguments[1]).utf8
        guard !old.isEmpty else { throw state.invalid("`replace` needs a text to replace, found an empty string") }
        let search = TextSearch(for: old)
        var result: [UInt8] = []
        var start = 0
        while let end = search.firstEnd(in: text, from: start) {
            // Paid for before it is made: a text may grow much by this.
            try state.spend(new.count)
            result.append(contentsOf: text[start..<(end - old.utf8.count)])
            result.append(contentsOf: new)
            start = end
        }
        result.append(contentsOf: text[start...])
        return .text(String(decoding: result, as: UTF8.self))
    }

    static func escape(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        if case .markup = value { return value }
        return .markup(EscapedText.html(try state.text(of: value)))
    }

    static func safe(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        .markup(try state.text(of: value))
    }

    /// JSON text; where output is escaped, safe to stand in HTML as it is.
    static func toJSON(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let json = value.json
        try state.spend(json.utf8.count)
        return state.autoescape ? .markup(EscapedText.jsonInHTML(json)) : .text(json)
    }
}
