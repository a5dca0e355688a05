import PluginPayloads

extension Relation {
    /// Whether two values stand in the relation.
    func holds(_ left: TemplateValue, _ right: TemplateValue, _ state: RenderState) throws(RenderError) -> Bool {
        switch self {
        case .equal: try left.equals(right, state)
        case .notEqual: try !left.equals(right, state)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: try isInOrder(left, right, state)
        case .within: try right.contains(left, state)
        case .notWithin: try !right.contains(left, state)
        }
    }

    /// Whether numbers or texts are in order; a text comes before another by its code points, as in Python.
    private func isInOrder(
        _ left: TemplateValue,
        _ right: TemplateValue,
        _ state: RenderState
    ) throws(RenderError) -> Bool {
        let isLess: Bool
        let isGreater: Bool
        if case .number(let left) = left, case .number(let right) = right {
            (isLess, isGreater) = (left < right, right < left)
        } else if let left = left.text?.utf8, let right = right.text?.utf8 {
            try state.spend(min(left.count, right.count))
            (isLess, isGreater) = (left.lexicographicallyPrecedes(right), right.lexicographicallyPrecedes(left))
        } else {
            let found = "\(left.typeDescription) and \(right.typeDescription)"
            throw state.invalid("`\(rawValue)` compares two numbers or two strings, found \(found)")
        }
        return switch self {
        case .less: isLess
        case .lessOrEqual: !isGreater
        case .greater: isGreater
        default: !isLess
        }
    }
}

extension TemplateValue {
    /// Whether two values are the same: texts by their bytes, numbers by their size, lists and maps by their parts in
    /// order.
    func equals(_ other: TemplateValue, _ state: RenderState) throws(RenderError) -> Bool {
        switch (self, other) {
        case (.undefined, .undefined), (.none, .none): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.number(let left), .number(let right)): return left == right
        case (.list(let left), .list(let right)): return try left.equals(right, state)
        case (.map(let left), .map(let right)):
            return try TemplateList.entries(left).equals(.entries(right), state)
        default:
            guard let left = text, let right = other.text, left.utf8.count == right.utf8.count else { return false }
            try state.spend(left.utf8.count)
            return left.utf8.elementsEqual(right.utf8)
        }
    }

    /// Whether a value is an element of a list, a key of a map, or a part of a text.
    fileprivate func contains(_ value: TemplateValue, _ state: RenderState) throws(RenderError) -> Bool {
        switch self {
        case .undefined, .none: return false
        case .list(let list):
            for index in 0..<list.count {
                if try state.element(index, of: list).equals(value, state) { return true }
            }
            return false
        case .map(let map):
            guard let key = value.text else { return false }
            try state.spend(map.count)
            return map[key] != nil
        default:
            guard let whole = text, let part = value.text else {
                throw state.invalid(
                    "`in` looks for something in a list or map, or for a string in a string, found "
                        + "\(value.typeDescription) in \(typeDescription)"
                )
            }
            try state.spend(whole.utf8.count + part.utf8.count)
            return TextSearch(for: part).firstEnd(in: Array(whole.utf8)) != nil
        }
    }
}

extension TemplateList {
    fileprivate func equals(_ other: TemplateList, _ state: RenderState) throws(RenderError) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count {
            let (left, right) = (try state.element(index, of: self), try state.element(index, of: other))
            if try !left.equals(right, state) { return false }
        }
        return true
    }
}
