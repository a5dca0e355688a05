import PluginPayloads

/// What one rendering knows and has used up; one thread's, and gone with it.
final class RenderState {
    /// The name of the state in Stencil's context, which holds nothing else.
    static let key = "state"

    let arguments: BlockValue
    let autoescape: Bool
    private let limits: RenderLimits

    private var iterations = 0
    private var outputBytes = 0
    private var steps = 0

    /// What stopped the rendering; Stencil passes on errors of its own kind only.
    private(set) var failure: RenderError?

    /// The line being rendered.
    var line = 1

    /// The values that the loops bind, by slot.
    var slots: [TemplateValue]

    /// The loops being gone round, the innermost last.
    var loops: [LoopPosition] = []

    struct LoopPosition {
        var index = 0
        let count: Int
    }

    init(arguments: BlockValue, limits: RenderLimits, autoescape: Bool, slotCount: Int) {
        self.arguments = arguments
        self.limits = limits
        self.autoescape = autoescape
        slots = Array(repeating: .undefined, count: slotCount)
    }

    // MARK: Limits

    /// Counts a tag that is reached.
    func enter(line: Int) throws(RenderError) {
        self.line = line
        try spend(32)
    }

    /// Counts bytes or elements that are gone through.
    func spend(_ count: Int) throws(RenderError) {
        steps += count
        if steps > limits.maxSteps { throw fail(.tooManySteps(limit: limits.maxSteps, line: line)) }
    }

    func countIteration() throws(RenderError) {
        iterations += 1
        if iterations > limits.maxIterations {
            throw fail(.tooManyIterations(limit: limits.maxIterations, line: line))
        }
    }

    /// Counts text that goes to the result.
    func emit(_ text: String) throws(RenderError) -> String {
        outputBytes += text.utf8.count
        if outputBytes > limits.maxOutputBytes {
            throw fail(.outputTooLong(limit: limits.maxOutputBytes, line: line))
        }
        return text
    }

    // MARK: Errors

    func invalid(_ message: String) -> RenderError { fail(.invalid(message: message, line: line)) }

    private func fail(_ error: RenderError) -> RenderError {
        failure = error
        return error
    }

    // MARK: Values

    /// What a value prints as.
    func text(of value: TemplateValue) throws(RenderError) -> String {
        let text = value.printed
        try spend(text.utf8.count)
        return text
    }

    /// An element of a list; undefined beyond its ends.
    func element(_ index: Int, of list: TemplateList) throws(RenderError) -> TemplateValue {
        let element = list[index]
        try spend(8 + (element.text?.utf8.count ?? 0))
        return element
    }

    /// What a loop over a value goes through: elements, keys, or characters.
    func elements(of value: TemplateValue, for user: String) throws(RenderError) -> TemplateList {
        switch value {
        case .undefined, .none: return .values([])
        case .list(let list): return list
        case .map(let map): return .keys(map)
        case .text(let text), .markup(let text):
            try spend(text.utf8.count)
            return .characters(Array(text.unicodeScalars))
        case .bool, .number:
            throw invalid("\(user) goes through a list, a map or a string, found \(value.typeDescription)")
        }
    }
}
