/// What a template may not say, and what to say instead.
enum Refusal {
    static let arithmetic: Set = ["+", "-", "*", "/", "//", "**", "%", "~"]

    static func arithmetic(_ sign: String, at offset: Int, in source: TemplateSource) -> TemplateError {
        let hint =
            sign == "~" || sign == "+"
            ? "write texts side by side, as in `{{ a }}{{ b }}`, and pass computed numbers as arguments"
            : "pass the computed value as an argument"
        return source.error(at: offset, "the operator `\(sign)` is not supported", hint: hint)
    }

    static func slice(at offset: Int, in source: TemplateSource) -> TemplateError {
        source.error(at: offset, "slices are not supported", hint: "pass the shorter list as an argument")
    }

    static func method(_ name: String, at offset: Int, in source: TemplateSource) -> TemplateError {
        let filter = TemplateFilter.named[name] != nil ? "use the filter: `| \(name)`" : "use a filter"
        let hint = "\(filter); of methods there is only `items()`"
        return source.error(at: offset, "the method `\(name)` is not supported", hint: hint)
    }

    static func function(_ name: String, at offset: Int, in source: TemplateSource) -> TemplateError {
        let hint =
            name == "range" ? "loop over a list, and pass it as an argument" : "pass its result as an argument"
        return source.error(at: offset, "the function `\(name)` is not supported", hint: hint)
    }

    static func filter(_ name: String, at offset: Int, in source: TemplateSource) -> TemplateError {
        let known = TemplateFilter.all.compactMap(\.names.first).map { "`\($0)`" }.joined(separator: ", ")
        return source.error(at: offset, "the filter `\(name)` is not supported", hint: "supported: \(known)")
    }

    static func tag(_ name: String, at offset: Int, in source: TemplateSource) -> TemplateError {
        let hint =
            tagHints[name]
            ?? "supported: `if`, `elif`, `else`, `for`, `raw`; write `{% raw %}` before braces that are text"
        return source.error(at: offset, "the tag `\(name)` is not supported", hint: hint)
    }

    private static let tagHints = [
        "set": "write the value where it is used, or pass it as an argument",
        "with": "write the value where it is used, or pass it as an argument",
        "macro": "write its text where it is used",
        "call": "write the macro's text where it is used",
        "import": "write the macro's text where it is used",
        "from": "write the macro's text where it is used",
        "include": "write the other template's text here",
        "extends": "write the whole text in one template",
        "block": "write the text without it",
        "filter": "apply the filter to each value: `{{ value | upper }}`",
        "autoescape": "escaping is set by the gateway's configuration; use `| escape` for single values",
        "break": "pass a shorter list, or put an `if` around the body",
        "continue": "put an `if` around the body",
        "do": "a template only prints",
        "endraw": "there is no open `{% raw %}`",
        "elseif": "write `elif`",
        "elsif": "write `elif`",
        "ifnot": "write `if not`",
        "unless": "write `if not`",
    ]
}
