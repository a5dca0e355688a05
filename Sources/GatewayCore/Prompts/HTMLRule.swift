import PluginPayloads

/// The rule that `prompts.refuse_html` switches on: arguments hold no HTML.
enum HTMLRule {
    /// Throws if any text of the arguments holds what a browser takes for a tag or a comment.
    static func check(_ arguments: BlockValue) throws(GatewayError) {
        for index in 0..<arguments.count {
            guard let value = arguments[index], holdsHTML(value) else { continue }
            throw .unprocessable(
                "argument \"\(arguments.key(at: index))\" contains HTML tags, which prompts.refuse_html forbids"
            )
        }
    }

    private static func holdsHTML(_ value: BlockValue) -> Bool {
        if let text = value.string { return holdsTag(text) }
        return (0..<value.count).contains { value[$0].map(holdsHTML) ?? false }
    }

    /// After the tokenizer of the HTML standard (13.2.5.6): `<` begins a tag before a letter, `/`, `!` or `?`.
    private static func holdsTag(_ text: String) -> Bool {
        zip(text.utf8, text.utf8.dropFirst()).contains { first, second in
            guard first == UInt8(ascii: "<") else { return false }
            switch second {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return true
            default: return "/!?".utf8.contains(second)
            }
        }
    }
}
