import Foundation
package import PluginPayloads

package struct TemplateOptions: Sendable {
    package var autoescape: Bool
    package init(autoescape: Bool = false) { self.autoescape = autoescape }
}

package struct RenderLimits: Sendable, Equatable {
    package var maxIterations: Int
    package var maxBytes: Int
    package init(maxIterations: Int = 10_000, maxBytes: Int = 1 << 20) {
        self.maxIterations = maxIterations
        self.maxBytes = maxBytes
    }
}

package struct TemplateError: Error {}

package struct RenderError: Error {}

/// Replaces variables; the language comes with the module's own branch.
package struct PromptTemplate: Sendable {
    private var parts: [(text: String, variable: String)] = []

    package init(_ text: String, options: TemplateOptions = TemplateOptions()) throws(TemplateError) {
        var rest = text[...]
        while let open = rest.range(of: "{{"), let close = rest.range(of: "}}") {
            let name = rest[open.upperBound..<close.lowerBound].filter { $0 != " " }
            parts.append((String(rest[..<open.lowerBound]), name))
            rest = rest[close.upperBound...]
        }
        parts.append((String(rest), ""))
    }

    package func render(_ arguments: BlockValue, limits: RenderLimits) throws(RenderError) -> String {
        parts.map { $0.text + ($0.variable.isEmpty ? "" : arguments[$0.variable]?.string ?? "") }.joined()
    }
}
