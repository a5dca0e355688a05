import PluginPayloads

/// The keywords of one schema, read with the type that each has to have.
struct SchemaObject {
    let entries: JSONObject
    let location: SchemaLocation

    func has(_ keyword: String) -> Bool { entries[keyword] != nil }

    func text(_ keyword: String) throws(SchemaError) -> String? {
        try read(keyword, "a string", \.string)
    }

    func list(_ keyword: String) throws(SchemaError) -> [JSONValue]? {
        try read(keyword, "an array", \.array)
    }

    func object(_ keyword: String) throws(SchemaError) -> JSONObject? {
        try read(keyword, "an object", \.object)
    }

    func flag(_ keyword: String) throws(SchemaError) -> Bool? {
        try read(keyword, "a boolean", \.bool)
    }

    func number(_ keyword: String) throws(SchemaError) -> ExactDecimal? {
        try read(keyword, "a number", \.decimal)
    }

    func count(_ keyword: String) throws(SchemaError) -> Int? {
        try read(keyword, "an integer that is not negative") { $0.decimal?.count }
    }

    /// A list of names.
    func names(_ keyword: String) throws(SchemaError) -> [String]? {
        guard let list = try list(keyword) else { return nil }
        return try Self.names(list, at: location.child(keyword))
    }

    /// A list of names at a place.
    static func names(_ list: [JSONValue], at location: SchemaLocation) throws(SchemaError) -> [String] {
        var names: [String] = []
        for (index, element) in list.enumerated() {
            guard let name = element.string else {
                throw location.child(String(index)).error("expected a string, found \(element.typeDescription)")
            }
            names.append(name)
        }
        return names
    }

    private func read<Result>(
        _ keyword: String,
        _ expected: String,
        _ body: (JSONValue) -> Result?
    ) throws(SchemaError) -> Result? {
        guard let value = entries[keyword] else { return nil }
        guard let result = body(value) else {
            // Of the same type, a value is wrong by itself: "expected an integer …, found -1".
            let found = value.instanceType == .number ? value.description : value.typeDescription
            throw location.child(keyword).error("expected \(expected), found \(found)")
        }
        return result
    }
}

/// Where a schema is within the document.
struct SchemaLocation {
    /// The JSON pointer to it.
    let pointer: String
    /// The JSON pointer to the schema that `#` means here: the nearest one around it with an `$id`.
    var base: String

    static let root = SchemaLocation(pointer: "", base: "")

    func child(_ token: String) -> SchemaLocation {
        SchemaLocation(pointer: pointer + "/" + JSONPointer.escape(token), base: base)
    }

    func error(_ message: String) -> SchemaError { SchemaError(at: pointer, message) }
}
