/// A filter: what stands behind `|`.
struct TemplateFilter: Sendable {
    typealias Body =
        @Sendable (TemplateValue, [TemplateValue], RenderState) throws(RenderError) -> TemplateValue

    /// The names, the usual one first.
    let names: [String]

    /// The names of the arguments, in order.
    let parameters: [String]

    /// How many arguments may not be left out.
    let required: Int

    /// Gets the value and one argument for each parameter, undefined if it was left out.
    let apply: Body

    init(_ names: String..., parameters: [String] = [], required: Int = 0, apply: @escaping Body) {
        self.names = names
        self.parameters = parameters
        self.required = required
        self.apply = apply
    }

    static let all: [TemplateFilter] = [
        TemplateFilter("default", "d", parameters: ["default_value", "boolean"], apply: defaultValue),
        TemplateFilter("upper", apply: upper),
        TemplateFilter("lower", apply: lower),
        TemplateFilter("capitalize", apply: capitalize),
        TemplateFilter("title", apply: title),
        TemplateFilter("trim", apply: trim),
        TemplateFilter("replace", parameters: ["old", "new"], required: 2, apply: replace),
        TemplateFilter("join", parameters: ["d"], apply: join),
        TemplateFilter("first", apply: first),
        TemplateFilter("last", apply: last),
        TemplateFilter("length", "count", apply: length),
        TemplateFilter("tojson", apply: toJSON),
        TemplateFilter("escape", "e", apply: escape),
        TemplateFilter("safe", apply: safe),
    ]

    static let named: [String: TemplateFilter] = Dictionary(
        uniqueKeysWithValues: all.flatMap { filter in filter.names.map { ($0, filter) } }
    )

    /// How to write it.
    func usage(as name: String) -> String {
        parameters.isEmpty ? "write `\(name)`" : "write `\(name)(\(parameters.joined(separator: ", ")))`"
    }
}
