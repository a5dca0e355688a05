/// `minimum`, `maximum`, `exclusiveMinimum` or `exclusiveMaximum`.
struct NumberBound {
    enum Kind: String, CaseIterable {
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum
    }

    let kind: Kind
    let limit: ExactDecimal
    /// The limit as the schema writes it.
    let text: String

    func allows(_ number: ExactDecimal) -> Bool {
        switch kind {
        case .minimum: number >= limit
        case .maximum: number <= limit
        case .exclusiveMinimum: number > limit
        case .exclusiveMaximum: number < limit
        }
    }

    var message: String {
        switch kind {
        case .minimum: "must be at least \(text)"
        case .maximum: "must be at most \(text)"
        case .exclusiveMinimum: "must be more than \(text)"
        case .exclusiveMaximum: "must be less than \(text)"
        }
    }
}

/// How many characters, items or properties there may be.
struct CountBound {
    enum Subject: CaseIterable {
        case characters, items, properties

        /// The keyword's second half.
        var keyword: String {
            switch self {
            case .characters: "Length"
            case .items: "Items"
            case .properties: "Properties"
            }
        }

        func noun(_ count: Int) -> String {
            switch self {
            case .characters: count == 1 ? "character" : "characters"
            case .items: count == 1 ? "item" : "items"
            case .properties: count == 1 ? "property" : "properties"
            }
        }
    }

    let subject: Subject
    let isMinimum: Bool
    let limit: Int

    func allows(_ count: Int) -> Bool { isMinimum ? count >= limit : count <= limit }

    var message: String { "must have at \(isMinimum ? "least" : "most") \(limit) \(subject.noun(limit))" }
}
