/// Finds the place of a key among the keys of an object, by hashing once there are too many for a linear search.
struct KeyPlaces: Sendable {
    private(set) var keys: [String] = []
    private var places: [String: Int] = [:]

    private static let linearLimit = 16

    func place(of key: String) -> Int? {
        keys.count > Self.linearLimit ? places[key] : keys.firstIndex(of: key)
    }

    /// Adds a key that is known to be new.
    mutating func append(_ key: String) {
        keys.append(key)
        if keys.count == Self.linearLimit + 1 {
            index()
        } else if keys.count > Self.linearLimit {
            places[key] = keys.count - 1
        }
    }

    mutating func remove(at place: Int) {
        keys.remove(at: place)
        index()
    }

    private mutating func index() {
        places.removeAll()
        guard keys.count > Self.linearLimit else { return }
        for (place, key) in keys.enumerated() { places[key] = place }
    }
}
