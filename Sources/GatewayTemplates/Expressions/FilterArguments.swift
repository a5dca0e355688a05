/// Brings the arguments of a filter into the order of its parameters.
struct FilterArguments {
    private let filter: TemplateFilter
    private let name: String
    private let offset: Int
    private var values: [TemplateExpression?] = []

    init(_ filter: TemplateFilter, name: String, at offset: Int) {
        self.filter = filter
        self.name = name
        self.offset = offset
    }

    mutating func add(
        _ value: TemplateExpression,
        keyword: String?,
        at offset: Int,
        in source: TemplateSource
    ) throws(TemplateError) {
        let place = keyword.map { filter.parameters.firstIndex(of: $0) } ?? values.count
        guard let place, place < filter.parameters.count else {
            let what = keyword.map { "argument `\($0)`" } ?? "argument \(values.count + 1)"
            throw source.error(at: offset, "the filter `\(name)` has no \(what)", hint: filter.usage(as: name))
        }
        while values.count <= place { values.append(nil) }
        guard values[place] == nil else {
            throw source.error(at: offset, "the argument `\(filter.parameters[place])` is given twice")
        }
        values[place] = value
    }

    /// All arguments, those left out being undefined.
    func finish(in source: TemplateSource) throws(TemplateError) -> [TemplateExpression] {
        guard values.count >= filter.required, values.prefix(filter.required).allSatisfy({ $0 != nil }) else {
            throw source.error(at: offset, "the filter `\(name)` lacks an argument", hint: filter.usage(as: name))
        }
        return filter.parameters.indices.map { index in
            index < values.count ? values[index] ?? .literal(.undefined) : .literal(.undefined)
        }
    }
}
