/// A stretch of plain text, or a tag.
struct TemplatePiece: Sendable {
    enum Content: Sendable {
        case text(String)
        /// `{{ … }}`
        case output([TagToken])
        /// `{% name … %}`, the tokens without the name
        case tag(name: String, [TagToken])
    }

    let content: Content

    /// Where it begins in the template.
    let offset: Int

    /// The line where it begins, from 1.
    let line: Int

    /// The name by which Stencil's parser is told what this is.
    var tagName: String {
        switch content {
        case .text: TagName.text
        case .output: TagName.output
        case .tag(let name, _): TagName.known.contains(name) ? name : TagName.refused
        }
    }

    /// The name that the author wrote, if this is a tag with one.
    var name: String {
        if case .tag(let name, _) = content { name } else { tagName }
    }

    /// The words and signs, an end as the last one.
    var tokens: [TagToken] {
        switch content {
        case .text: []
        case .output(let tokens), .tag(_, let tokens): tokens
        }
    }
}

/// The tags that Stencil's parser knows: those of Jinja that are supported, and one for each other kind of piece.
enum TagName {
    static let text = "text"
    static let output = "output"
    static let refused = "refused"
    static let known: Set = ["if", "elif", "else", "endif", "for", "endfor"]
}
