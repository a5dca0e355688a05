extension TemplateFilter {
    /// Another value for one that is not there or none; if the second argument is true, for every false one.
    static func defaultValue(
        _ value: TemplateValue,
        _ arguments: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let replacement = if case .undefined = arguments[0] { TemplateValue.text("") } else { arguments[0] }
        switch value {
        case .undefined, .none: return replacement
        default: return arguments[1].isTrue && !value.isTrue ? replacement : value
        }
    }

    /// The printed elements with a text between them.
    static func join(
        _ value: TemplateValue,
        _ arguments: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let list = try state.elements(of: value, for: "`join`")
        let separator = try state.text(of: arguments[0])
        var result = ""
        for index in 0..<list.count {
            try state.spend(separator.utf8.count)
            if index > 0 { result += separator }
            result += try state.text(of: state.element(index, of: list))
        }
        return .text(result)
    }

    static func first(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        try state.element(0, of: state.elements(of: value, for: "`first`"))
    }

    static func last(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        let list = try state.elements(of: value, for: "`last`")
        return try state.element(list.count - 1, of: list)
    }

    /// How many elements, entries or characters there are.
    static func length(
        _ value: TemplateValue,
        _: [TemplateValue],
        _ state: RenderState
    ) throws(RenderError) -> TemplateValue {
        TemplateValue(try state.elements(of: value, for: "`length`").count)
    }
}
