/// A pattern of ECMAScript, written where it differs as Python writes it.
enum ECMAScriptPattern {
    /// The pattern, in which `$` means the very end, as it does in ECMAScript.
    static func translate(_ source: String) -> String {
        var result = ""
        var isEscaped = false
        var isInClass = false
        for scalar in source.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else {
                switch scalar {
                case "\\": isEscaped = true
                case "[": isInClass = true
                case "]": isInClass = false
                case "$" where !isInClass:
                    result += "\\Z"
                    continue
                default: break
                }
            }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
