import GatewayTemplates
import PluginPayloads

extension FuzzTarget {
    private static let limits = RenderLimits(maxIterations: 100, maxOutputBytes: 2_048, maxSteps: 100_000)

    private static let arguments: JSONValue = [
        "name": "Ada", "html": "<b>&\"'</b>", "count": 3, "ratio": 1.5, "yes": true, "none": nil, "empty": "",
        "items": ["a", "b", 1, nil, ["x": 1]], "map": ["a": 1, "b": [2, 3]], "wide": "äöü 👩‍👩‍👧 \u{301}",
    ]

    /// A prompt's template, from whoever may register one: it renders within its limits, and always the same.
    package static let template = FuzzTarget("template") { input in
        let template: PromptTemplate
        do throws(TemplateError) { template = try PromptTemplate(String(decoding: input, as: UTF8.self)) } catch {
            try demand(error.line >= 1 && error.column >= 1 && !error.message.isEmpty, "an error says what and where")
            return .refused
        }
        try demand(Set(template.variables).count == template.variables.count, "each variable is named once")
        let values = try PayloadBlock(arguments)
        for autoescape in [false, true] {
            let first = outcome(template, values, autoescape: autoescape)
            let second = outcome(template, values, autoescape: autoescape)
            try demand(first == second, "a template renders the same twice")
            switch first {
            case .success(let text):
                try demand(text.utf8.count <= limits.maxOutputBytes, "\(text.utf8.count) bytes are beyond the limit")
            case .failure(let error):
                try demand(!error.description.isEmpty && error.line ?? 1 >= 1, "an error says what and where")
            }
        }
        return .accepted
    }

    private static func outcome(
        _ template: PromptTemplate,
        _ arguments: PayloadBlock,
        autoescape: Bool
    ) -> Result<String, RenderError> {
        Result { () throws(RenderError) in
            try template.render(arguments.root, autoescape: autoescape, limits: limits)
        }
    }
}
