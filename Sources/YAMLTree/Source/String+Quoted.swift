extension String {
    /// The text in double quotes for a message: on one line, without control characters, cut when it is long.
    package var quoted: String {
        let longest = 60
        var shown = ""
        for scalar in unicodeScalars.prefix(longest) {
            switch scalar {
            case "\n": shown += "\\n"
            case "\t": shown += "\\t"
            case "\"", "\\": shown += "\\" + String(scalar)
            default: shown.unicodeScalars.append(scalar.isPrintable ? scalar : "\u{FFFD}")
            }
        }
        return "\"" + shown + (unicodeScalars.count > longest ? "…" : "") + "\""
    }
}

extension Unicode.Scalar {
    /// Whether a terminal shows the character and does nothing else.
    var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
