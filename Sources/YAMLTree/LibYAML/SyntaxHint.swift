/// What to do about libyaml's most frequent complaints, whose texts speak to people who know the grammar.
enum SyntaxHint {
    /// A hint for a problem, given the character at which it was found.
    static func hint(for problem: String, next: Unicode.Scalar?) -> String? {
        switch (problem, next) {
        case (_, "\t"):
            "indent with spaces: YAML does not allow tabs there"
        case ("found character that cannot start any token", _):
            "put the value in quotes"
        case ("mapping values are not allowed in this context", _):
            "indent the key like its neighbours, or put a value that contains ': ' in quotes"
        case ("did not find expected key", _), ("did not find expected '-' indicator", _):
            "check the indentation, and that nothing follows a closing quote or bracket"
        case ("found unknown escape character", _):
            "use single quotes, or write two backslashes for one"
        case ("could not find expected ':'", _):
            "write 'key: value', with a space behind the colon"
        case ("control characters are not allowed", _):
            "remove the character, or write it as an escape such as \"\\x1b\" in double quotes"
        case (_, nil) where problem.contains("UTF-8"):
            "save the file as UTF-8"
        default:
            nil
        }
    }
}
