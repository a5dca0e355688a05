/// Why a template could not be rendered with certain arguments.
package enum RenderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The arguments are no object.
    case argumentsNotAnObject(found: String)

    /// The loops went round too often.
    case tooManyIterations(limit: Int, line: Int)

    /// The result is too long.
    case outputTooLong(limit: Int, line: Int)

    /// The expressions went through too much.
    case tooManySteps(limit: Int, line: Int)

    /// The template asks for something that a value cannot do.
    case invalid(message: String, line: Int)

    /// The line of the template that was being rendered.
    package var line: Int? {
        switch self {
        case .argumentsNotAnObject: nil
        case .tooManyIterations(_, let line), .outputTooLong(_, let line), .tooManySteps(_, let line),
            .invalid(_, let line):
            line
        }
    }

    /// All of it on one line.
    package var description: String {
        switch self {
        case .argumentsNotAnObject(let found):
            "the arguments of a template are an object, found \(found)"
        case .tooManyIterations(let limit, let line):
            "line \(line): the loops of this template went round more than \(limit) times; give it shorter lists"
        case .outputTooLong(let limit, let line):
            "line \(line): the rendered text is longer than \(limit) bytes; give it shorter arguments"
        case .tooManySteps(let limit, let line):
            "line \(line): rendering took more than \(limit) steps; give it shorter arguments, or use fewer tags in loops"
        case .invalid(let message, let line):
            "line \(line): \(message)"
        }
    }
}
