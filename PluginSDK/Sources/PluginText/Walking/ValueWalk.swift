import PluginPayloads

/// A step of a walk through a `JSONValue`, and the way there; it lives on the stack of the walk.
@unsafe
struct ValuePlace {
    let parent: UnsafePointer<ValuePlace>?
    let step: StringPath.Step
}

/// A walk through a `JSONValue`, at one place of it.
@safe
struct ValueWalk {
    // Lent by `step`, which goes on only when the walk below it has ended.
    private let place: UnsafePointer<ValuePlace>?

    init() {
        unsafe place = nil
    }

    private init(_ place: UnsafePointer<ValuePlace>) {
        unsafe self.place = unsafe place
    }

    func visit<Failure: Error>(
        _ value: JSONValue,
        _ body: (UTF8Span, borrowing StringPath) throws(Failure) -> Void
    ) throws(Failure) {
        switch value {
        case .string(let text):
            try body(text.utf8Span, unsafe StringPath(.value(place)))
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                try step(.index(index)) { walk throws(Failure) in try walk.visit(element, body) }
            }
        case .object(let object):
            for (name, value) in object {
                try step(.name(name)) { walk throws(Failure) in try walk.visit(value, body) }
            }
        default: break
        }
    }

    /// The changed value, or `nil` if none of its texts changed.
    func rewrite<Failure: Error>(
        _ value: JSONValue,
        _ transform: (UTF8Span, borrowing StringPath) throws(Failure) -> String?
    ) throws(Failure) -> JSONValue? {
        switch value {
        case .string(let text):
            let changed = try transform(text.utf8Span, unsafe StringPath(.value(place)))
            guard let changed, !text.utf8.elementsEqual(changed.utf8) else { return nil }
            return .string(changed)
        case .array(var elements):
            var isChanged = false
            for (index, element) in elements.enumerated() {
                let changed = try step(.index(index)) { walk throws(Failure) in try walk.rewrite(element, transform) }
                guard let changed else { continue }
                elements[index] = changed
                isChanged = true
            }
            return isChanged ? .array(elements) : nil
        case .object(var object):
            var isChanged = false
            for (name, value) in object {
                let changed = try step(.name(name)) { walk throws(Failure) in try walk.rewrite(value, transform) }
                guard let changed else { continue }
                object[name] = changed
                isChanged = true
            }
            return isChanged ? .object(object) : nil
        default: return nil
        }
    }

    private func step<Result, Failure: Error>(
        _ step: StringPath.Step,
        _ body: (ValueWalk) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let here = unsafe ValuePlace(parent: place, step: step)
        return unsafe try withUnsafePointer(to: here) { here throws(Failure) in
            try body(unsafe ValueWalk(here))
        }
    }
}
