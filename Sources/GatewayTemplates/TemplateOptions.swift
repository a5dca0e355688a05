/// How a template is read.
package struct TemplateOptions: Sendable, Hashable {
    /// Whether what a variable prints is escaped for HTML; text of the template never is.
    package var autoescape: Bool

    /// Whether a line that only holds tags or comments leaves nothing behind: blanks before a tag at the beginning of a
    /// line are dropped, and the newline after a tag.
    ///
    /// These are Jinja's `lstrip_blocks` and `trim_blocks`, with which ContextForge renders prompts. A `+`, as in
    /// `{%+ if x +%}`, keeps them for one tag.
    package var trimBlocks: Bool

    /// Makes options.
    package init(autoescape: Bool = false, trimBlocks: Bool = true) {
        self.autoescape = autoescape
        self.trimBlocks = trimBlocks
    }
}
