/// Where in a value a coder is; made into an array only for an error.
indirect enum CodingPlace: Sendable {
    case root
    case child(CodingPlace, any CodingKey)

    var path: [any CodingKey] {
        var keys: [any CodingKey] = []
        var place = self
        while case .child(let parent, let key) = place {
            keys.append(key)
            place = parent
        }
        return keys.reversed()
    }

    func path(_ key: any CodingKey) -> [any CodingKey] { path + [key] }
}

/// A key that no type declares: the index of an element, or any text.
enum AnyCodingKey: CodingKey {
    case index(Int)
    case text(String)

    init(stringValue: String) { self = .text(stringValue) }

    init(intValue: Int) { self = .index(intValue) }

    var stringValue: String {
        switch self {
        case .index(let index): String(index)
        case .text(let text): text
        }
    }

    var intValue: Int? {
        if case .index(let index) = self { index } else { nil }
    }

    static let `super` = AnyCodingKey.text("super")
}
