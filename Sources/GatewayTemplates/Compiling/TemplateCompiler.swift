import Stencil

/// Makes Stencil's tree of nodes of a template.
///
/// Stencil's own reader of text is not used: it takes lines wrongly where a text repeats, drops a tag that is not closed
/// without a word, and stops the process at some malformed filters. Its parser gets one token for each piece, which says
/// what the piece is and its number: `if 7`.
final class TemplateCompiler {
    let source: TemplateSource
    private let pieces: [TemplatePiece]
    var scope = NameScope()

    /// The tags that are open, the outermost first.
    private var open: [TemplatePiece] = []

    /// What stopped the compiler; Stencil passes on errors of its own kind only.
    private var failure: TemplateError?

    /// Tags within one another.
    static let maxNesting = 32

    init(_ source: TemplateSource) throws(TemplateError) {
        self.source = source
        pieces = try TemplateScanner.scan(source)
    }

    func compile() throws(TemplateError) -> [any NodeType] {
        guard let place = Template(templateString: " ").tokens.first?.sourceMap else {
            preconditionFailure("Stencil makes a token of any text")
        }
        let tokens = pieces.indices.map { Token.block(value: "\(pieces[$0].tagName) \($0)", at: place) }
        do {
            return try TokenParser(tokens: tokens, environment: environment()).parse()
        } catch {
            throw failure ?? source.error(at: 0, "\(error)")
        }
    }

    /// What Stencil knows: our tags and nothing of its own, so that no template can name a file.
    private func environment() -> Environment {
        let tags = Extension()
        tags.registerTag(TagName.text, parser: node { compiler, _, piece in compiler.text(piece) })
        tags.registerTag(TagName.output, parser: node { try $0.output($2) })
        tags.registerTag("if", parser: node { try $0.condition($1, $2) })
        tags.registerTag("for", parser: node { try $0.loop($1, $2) })
        for name in ["elif", "else", "endif", "endfor"] {
            tags.registerTag(name, parser: node { throw $0.misplaced($2) })
        }
        tags.registerTag(
            TagName.refused,
            parser: node { compiler, _, piece in
                throw compiler.fail(Refusal.tag(piece.name, at: piece.offset, in: compiler.source))
            }
        )
        var environment = Environment()
        environment.extensions = [tags]
        return environment
    }

    private func node(
        _ make: @escaping (TemplateCompiler, TokenParser, TemplatePiece) throws -> any NodeType
    ) -> (TokenParser, Token) throws -> any NodeType {
        { parser, token in try make(self, parser, self.piece(of: token)) }
    }

    private func piece(of token: Token) -> TemplatePiece {
        guard let number = token.components.last.flatMap({ Int($0) }) else {
            preconditionFailure("every token ends with the number of its piece")
        }
        return pieces[number]
    }

    // MARK: For the tags

    /// Reads what a tag holds, and nothing may be left of it.
    func read<Result>(
        _ piece: TemplatePiece,
        _ body: (inout ExpressionParser) throws(TemplateError) -> Result
    ) throws(TemplateError) -> Result {
        var parser = ExpressionParser(piece.tokens, in: source, scope: scope)
        do throws(TemplateError) {
            let result = try body(&parser)
            try parser.expectEnd()
            scope = parser.scope
            return result
        } catch {
            throw fail(error)
        }
    }

    /// The nodes up to one of the tags that can follow, and that tag.
    func body(
        of piece: TemplatePiece,
        until names: [String],
        _ parser: TokenParser
    ) throws -> (nodes: [any NodeType], next: TemplatePiece) {
        let nodes = try parser.parse(until(names))
        guard let next = parser.nextToken() else {
            let hint = "write `{% end\(piece.name) %}` where it ends"
            throw fail(source.error(at: piece.offset, "`\(piece.name)` is never closed", hint: hint))
        }
        return (nodes, self.piece(of: next))
    }

    /// Counts a tag as open while its parts are read.
    func nested<Result>(_ piece: TemplatePiece, _ body: () throws -> Result) throws -> Result {
        guard open.count < Self.maxNesting else {
            let message = "tags nest deeper than \(Self.maxNesting)"
            throw fail(source.error(at: piece.offset, message, hint: "split the template"))
        }
        open.append(piece)
        defer { open.removeLast() }
        return try body()
    }

    /// The error for a tag that only goes with another one.
    private func misplaced(_ piece: TemplatePiece) -> TemplateError {
        guard let innermost = open.last else {
            let owner = piece.name == "endfor" ? "`for`" : piece.name == "else" ? "`if` or `for`" : "`if`"
            return fail(source.error(at: piece.offset, "`\(piece.name)` without \(owner) before it"))
        }
        let message =
            "`\(piece.name)` cannot stand here, because the `\(innermost.name)` of line \(innermost.line) is open"
        return fail(source.error(at: piece.offset, message, hint: "close it with `{% end\(innermost.name) %}` first"))
    }

    func fail(_ error: TemplateError) -> TemplateError {
        failure = failure ?? error
        return error
    }
}
