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

/// A key that no type declares: the index of an element, or `super`.
struct AnyCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) { self.init(index: intValue) }

    static let `super` = AnyCodingKey(stringValue: "super")
}
