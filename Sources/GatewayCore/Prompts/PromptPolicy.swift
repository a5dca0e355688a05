package import GatewayTemplates

/// How prompts are rendered.
package struct PromptPolicy: Sendable, Equatable {
    /// Whether arguments that contain HTML are refused.
    package var refusesHTML: Bool
    /// Whether what a template puts in is escaped for HTML.
    package var autoescapes: Bool
    /// What one rendering may cost.
    package var limits: RenderLimits

    package init(refusesHTML: Bool = false, autoescapes: Bool = false, limits: RenderLimits = RenderLimits()) {
        self.refusesHTML = refusesHTML
        self.autoescapes = autoescapes
        self.limits = limits
    }
}
