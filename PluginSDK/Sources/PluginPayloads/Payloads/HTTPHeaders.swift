/// The headers of a request or response: an ordered map of texts, whose names are found in any case.
///
/// A name occurs once, whatever its case; when a block holds it twice, the last value counts.
public struct HTTPHeaders: Sendable, Hashable {
    /// One header.
    public typealias Element = (name: String, value: String)

    private var names: [String] = []
    private var values: [String] = []
    private var places = KeyPlaces()

    /// Makes an empty map.
    public init() {}

    /// Makes a map of headers; the last value of a repeated name counts.
    public init(_ headers: some Sequence<(String, String)>) {
        for (name, value) in headers { self[name] = value }
    }

    /// Makes a map of headers, sorted by name.
    public init(_ headers: [String: String]) {
        self.init(headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// The value of a header; `nil` if there is none.
    ///
    /// Assigning keeps the place and the spelling of a name that is there; assigning `nil` removes the header.
    public subscript(name: String) -> String? {
        get { places.place(of: name.lowercased()).map { values[$0] } }
        set {
            guard let newValue else {
                remove(name)
                return
            }
            let key = name.lowercased()
            if let place = places.place(of: key) {
                values[place] = newValue
            } else {
                places.append(key)
                names.append(name)
                values.append(newValue)
            }
        }
    }

    /// Removes a header.
    ///
    /// - Parameter name: Its name, in any case.
    /// - Returns: The value it had; `nil` if there was none.
    @discardableResult
    public mutating func remove(_ name: String) -> String? {
        guard let place = places.place(of: name.lowercased()) else { return nil }
        places.remove(at: place)
        names.remove(at: place)
        return values.remove(at: place)
    }

    /// Two maps are equal if they have the same headers, written alike, in the same order.
    public static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
        left.names == right.names && left.values == right.values
    }

    /// Hashes the headers.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(names)
        hasher.combine(values)
    }
}

extension HTTPHeaders: RandomAccessCollection {
    /// The place of the first header.
    public var startIndex: Int { 0 }

    /// The place after the last header.
    public var endIndex: Int { names.count }

    /// The header at a place.
    public subscript(position: Int) -> Element { (names[position], values[position]) }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// Makes a map from literal headers; the last value of a repeated name counts.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }
}

extension HTTPHeaders: HookReply {
    /// Reads the headers that a plugin answers.
    ///
    /// - Throws: ``BlockError`` if the value is no object of texts.
    public init(block value: BlockValue) throws(BlockError) {
        guard value.isObject else { throw BlockError("headers: expected an object, found \(value.typeDescription)") }
        self.init()
        for index in 0..<value.count {
            guard let header = value[index] else { continue }
            let name = value.key(at: index)
            guard let text = header.string else {
                throw BlockError("headers.\(name): expected a string, found \(header.typeDescription)")
            }
            self[name] = text
        }
    }

    /// Writes the headers as an object of texts.
    public func write(to writer: inout BlockWriter) {
        writer.beginObject()
        for (name, value) in self {
            writer.key(name)
            writer.add(value)
        }
        writer.end()
    }
}

extension HTTPHeaders: FieldValue {
    init?(_ value: JSONValue) {
        guard let object = value.object else { return nil }
        self.init()
        for (name, value) in object {
            guard let text = value.string else { return nil }
            self[name] = text
        }
    }

    var jsonValue: JSONValue { .object(JSONObject(map { ($0.name, .string($0.value)) })) }
}
