/// A JSON object that keeps the order of its keys.
///
/// Keys are the same if their bytes are. Two objects are equal if they have the same entries in the same order.
public struct JSONObject: Sendable, Hashable {
    /// One key and its value.
    public typealias Element = (key: String, value: JSONValue)

    private var keys: [String] = []
    private var values: [JSONValue] = []
    /// The place of every key, once there are too many for a linear search.
    private var places: [ExactText: Int] = [:]

    private static let linearLimit = 16

    /// Makes an empty object.
    public init() {}

    /// Makes room for a number of entries.
    public mutating func reserveCapacity(_ count: Int) {
        keys.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    /// The value of a key; `nil` if the object lacks it.
    ///
    /// Assigning `nil` removes the key.
    public subscript(key: String) -> JSONValue? {
        get { place(of: key).map { values[$0] } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds an entry whose key is known to be new.
    mutating func append(_ key: String, _ value: JSONValue) {
        keys.append(key)
        values.append(value)
        if keys.count == Self.linearLimit + 1 {
            indexKeys()
        } else if keys.count > Self.linearLimit {
            places[ExactText(text: key)] = keys.count - 1
        }
    }

    private func place(of key: String) -> Int? {
        keys.count > Self.linearLimit
            ? places[ExactText(text: key)] : keys.firstIndex { $0.hasSameBytes(as: key) }
    }

    private mutating func remove(at place: Int) {
        keys.remove(at: place)
        values.remove(at: place)
        indexKeys()
    }

    private mutating func indexKeys() {
        places.removeAll()
        guard keys.count > Self.linearLimit else { return }
        for (place, key) in keys.enumerated() { places[ExactText(text: key)] = place }
    }

    /// Two objects are equal if they have the same entries in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.keys.elementsEqual(right.keys) { $0.hasSameBytes(as: $1) } && left.values == right.values
    }

    /// Hashes the entries.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(keys)
        hasher.combine(values)
    }
}

extension JSONObject: RandomAccessCollection {
    /// The place of the first entry.
    public var startIndex: Int { 0 }

    /// The place after the last entry.
    public var endIndex: Int { keys.count }

    /// The entry at a place.
    public subscript(position: Int) -> Element { (keys[position], values[position]) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object from literal entries; the last value of a repeated key counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }

    /// Makes an object from entries; the last value of a repeated key counts.
    public init(_ entries: some Sequence<(String, JSONValue)>) {
        reserveCapacity(entries.underestimatedCount)
        for (key, value) in entries { self[key] = value }
    }

    /// Makes an object of texts, sorted by key.
    public init(_ texts: [String: String]) {
        self.init(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
}
