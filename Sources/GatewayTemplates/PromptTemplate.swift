package import PluginPayloads
import Stencil

/// A template in the syntax of Jinja, compiled once and rendered any number of times, by any number of threads.
///
/// It knows variables, filters, `if`, `for`, comments, `raw` and the control of white space; what it does not know is
/// refused when it is compiled. Only the arguments can be reached: no files, no other templates, no Swift objects.
package struct PromptTemplate: Sendable {
    /// The longest template, in bytes.
    package static let maxBytes = 256 << 10

    /// The names that the template reads and does not bind itself, in order of first appearance.
    package let variables: [String]

    private let program: Program

    /// Compiles a template.
    ///
    /// - Parameter text: The author's text.
    /// - Throws: ``TemplateError`` with the line of what is not supported or malformed.
    package init(_ text: String) throws(TemplateError) {
        guard text.utf8.count <= Self.maxBytes else {
            let message = "the template has \(text.utf8.count) bytes, more than the limit of \(Self.maxBytes)"
            throw TemplateError(line: 1, column: 1, message: message, hint: "split it")
        }
        let compiler = try TemplateCompiler(TemplateSource(text))
        let nodes = try compiler.compile()
        variables = compiler.scope.arguments
        program = Program(nodes: nodes, slotCount: compiler.scope.slotCount)
    }

    /// Renders the template.
    ///
    /// - Parameters:
    ///   - arguments: An object with the values of the variables; those that it lacks are undefined and print nothing.
    ///   - autoescape: Whether what a variable prints is escaped for HTML; text of the template never is.
    ///   - limits: What it may cost.
    /// - Returns: The text.
    /// - Throws: ``RenderError`` if a limit is reached, or the template asks for what a value cannot do.
    package func render(
        _ arguments: BlockValue,
        autoescape: Bool = false,
        limits: RenderLimits = RenderLimits()
    ) throws(RenderError) -> String {
        guard arguments.isObject else { throw .argumentsNotAnObject(found: TemplateValue(arguments).typeDescription) }
        return try program.render(arguments, autoescape: autoescape, limits: limits)
    }
}

/// The nodes of a template.
///
/// `@unchecked Sendable`: Stencil's types do not say that they may be shared, but nothing here changes after it is made.
/// The nodes are structs of our own and hold no token, whose parts Stencil finds out on first use; the environment has no
/// extension and no loader; and `renderNodes` keeps what it does in the context, which is new for each rendering.
private final class Program: @unchecked Sendable {
    private let nodes: [any NodeType]
    private let slotCount: Int
    private let environment: Environment

    init(nodes: [any NodeType], slotCount: Int) {
        self.nodes = nodes
        self.slotCount = slotCount
        var environment = Environment()
        environment.extensions = []
        self.environment = environment
    }

    func render(_ arguments: BlockValue, autoescape: Bool, limits: RenderLimits) throws(RenderError) -> String {
        let state = RenderState(
            arguments: arguments,
            limits: limits,
            autoescape: autoescape,
            slotCount: slotCount
        )
        do {
            return try renderNodes(nodes, Context(dictionary: [RenderState.key: state], environment: environment))
        } catch {
            throw state.failure ?? .invalid(message: "\(error)", line: state.line)
        }
    }
}
