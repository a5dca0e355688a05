import PluginPayloads

extension Evaluation {
    mutating func checkRequired(_ value: Instance, _ names: [String], with other: String? = nil) {
        guard value.instanceType == .object else { return }
        spend(names.count)
        for name in names where !isDone && !value.has(name) {
            let reason = other.map { ", as \(excerpt($0)) is given" } ?? ""
            report("property \(excerpt(name)) is missing\(reason)")
        }
    }

    mutating func checkProperties(_ value: Instance, _ rules: PropertyRules) {
        guard value.instanceType == .object else { return }
        spend(value.partCount)
        for index in 0..<value.partCount {
            guard !isDone else { return }
            let name = value.name(at: index)
            let part = value.part(at: index)
            var isKnown = false
            if let schema = rules.named[ExactKey(name)] {
                isKnown = true
                check(part, named: name, against: schema)
            }
            for (pattern, schema) in rules.patterns where matches(name, pattern) ?? false {
                isKnown = true
                check(part, named: name, against: schema)
            }
            guard !isKnown, let additional = rules.additional else { continue }
            if rules.isClosed {
                let meant = Suggestion.name(for: name, among: rules.names).map { "; did you mean \(excerpt($0))?" }
                report("unknown property \(excerpt(name))\(meant ?? "")", at: name)
            } else {
                check(part, named: name, against: additional)
            }
        }
    }

    mutating func checkNames(_ value: Instance, _ schema: Int) {
        guard value.instanceType == .object else { return }
        spend(value.partCount)
        for index in 0..<value.partCount {
            guard !isDone else { return }
            let name = value.name(at: index)
            checkName(name, schema)
        }
    }

    /// A name is a value of its own, compared as one; what is wrong with it is reported for the property.
    private mutating func checkName(_ name: String, _ schema: Int) {
        var evaluation = Evaluation<JSONValue>(trying: self)
        evaluation.check(.string(name), against: schema)
        for problem in take(from: evaluation) { report("the name of this property \(problem.message)", at: name) }
    }

    mutating func checkItems(_ value: Instance, _ prefix: [Int], _ rest: Int?) {
        guard value.instanceType == .array else { return }
        spend(value.partCount)
        for index in 0..<(rest == nil ? min(prefix.count, value.partCount) : value.partCount) {
            guard !isDone else { return }
            if let schema = index < prefix.count ? prefix[index] : rest {
                check(value.part(at: index), at: index, against: schema)
            }
        }
    }

    mutating func checkContains(_ value: Instance, _ schema: Int, _ minimum: Int, _ maximum: Int?) {
        guard value.instanceType == .array else { return }
        spend(value.partCount)
        var count = 0
        for index in 0..<value.partCount where failure == nil {
            if accepts(value.part(at: index), schema) { count += 1 }
        }
        if count < minimum {
            report("must have at least \(minimum) of the items that the schema's contains describes, has \(count)")
        } else if let maximum, count > maximum {
            report("must have at most \(maximum) of the items that the schema's contains describes, has \(count)")
        }
    }

    mutating func checkUnique(_ value: Instance) {
        guard value.instanceType == .array else { return }
        spend(value.partCount)
        var places: [EqualValue: Int] = [:]
        for index in 0..<value.partCount where !isDone {
            if let first = places.updateValue(index, forKey: EqualValue(value.part(at: index).decoded)) {
                report("must have no equal items: \(first) and \(index) are")
                return
            }
        }
    }

    /// A name as a message shows it.
    private func excerpt(_ name: String) -> String {
        let shown = 60
        let text = name.unicodeScalars.count > shown ? String(name.unicodeScalars.prefix(shown)) + "…" : name
        return JSONValue.string(text).description
    }
}
