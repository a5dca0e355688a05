extension Evaluation {
    mutating func checkAny(_ value: Instance, _ schemas: [Int]) {
        for schema in schemas where accepts(value, schema) { return }
        reportNone(value, schemas)
    }

    mutating func checkOne(_ value: Instance, _ schemas: [Int]) {
        var count = 0
        for schema in schemas where accepts(value, schema) { count += 1 }
        switch count {
        case 0: reportNone(value, schemas)
        case 1: break
        default: report("fits \(count) alternatives of the schema, and has to fit only one")
        }
    }

    /// Says what is wrong by the one alternative that has the value's type, or that there is none.
    private mutating func reportNone(_ value: Instance, _ schemas: [Int]) {
        let types = schemas.map { namedTypes(of: $0) }
        let candidates = zip(schemas, types).filter { $0.1?.contains(typeOf: value) ?? true }.map(\.0)
        let all = types.contains { $0 == nil } ? nil : types.compactMap { $0 }.reduce(TypeSet()) { $0.union($1) }
        if let candidate = candidates.first, candidates.count == 1 {
            check(value, against: candidate)
        } else if candidates.isEmpty, let all {
            report("expected \(all.noun), found \(value.typeDescription)")
        } else {
            report("fits none of the \(schemas.count) alternatives of the schema")
        }
    }

    /// The types that a schema names, itself or by its reference; `nil` for any.
    private func namedTypes(of schema: Int) -> TypeSet? {
        var schema = schema
        while true {
            for case .type(let types) in nodes[schema].rules { return types }
            guard case .reference(let next)? = nodes[schema].rules.last else { return nil }
            schema = next
        }
    }
}
