import PluginPayloads

/// Finds the fields of an object, by an index when there are too many for a search.
struct FieldLookup {
    /// A field's name, which is another one if its bytes are.
    private struct Name: Hashable {
        let text: String

        static func == (left: Name, right: Name) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

        func hash(into hasher: inout Hasher) {
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }

    private static let searchLimit = 32

    private let object: BlockValue
    private var places: [Name: Int] = [:]

    init(_ object: BlockValue) {
        self.object = object
        guard object.count > Self.searchLimit else { return }
        places.reserveCapacity(object.count)
        for index in 0..<object.count { places[Name(text: object.key(at: index))] = index }
    }

    subscript(field: String) -> BlockValue? {
        guard object.count > Self.searchLimit else { return object[field] }
        return places[Name(text: field)].flatMap { object[$0] }
    }
}
