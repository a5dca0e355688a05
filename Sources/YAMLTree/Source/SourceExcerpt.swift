/// One line of a text and a second line whose caret stands below the place that is meant.
package struct SourceExcerpt: Sendable, Equatable {
    package let line: String
    package let caret: String
}

extension SourceText {
    /// The line of `position` with a caret; `nil` if that line is blank or behind the end.
    ///
    /// A long line is cut around the position. Tabs stay in both lines, so that the caret stands right at any tab width;
    /// other control characters are replaced, so that a hostile file cannot steer the terminal.
    package func excerpt(at position: SourcePosition) -> SourceExcerpt? {
        guard let text = line(position.line) else { return nil }
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains(where: { $0 != " " && $0 != "\t" }) else { return nil }

        let caret = min(max(position.column - 1, 0), scalars.count)
        let window = Self.window(around: caret, of: scalars.count)
        let prefix = window.lowerBound > 0 ? "…" : ""
        let suffix = window.upperBound < scalars.count ? "…" : ""

        var shown = ""
        shown.unicodeScalars.append(
            contentsOf: scalars[window].map { $0.isPrintable || $0 == "\t" ? $0 : "\u{FFFD}" }
        )
        var padding = ""
        padding.unicodeScalars.append(
            contentsOf: scalars[window.lowerBound..<caret].map { $0 == "\t" ? "\t" : " " }
        )
        return SourceExcerpt(
            line: prefix + shown + suffix,
            caret: String(repeating: " ", count: prefix.count) + padding + "^"
        )
    }

    private static let longestLine = 160

    private static func window(around caret: Int, of count: Int) -> Range<Int> {
        guard count > longestLine else { return 0..<count }
        let start = min(max(caret - longestLine / 2, 0), count - longestLine)
        return start..<(start + longestLine)
    }
}
