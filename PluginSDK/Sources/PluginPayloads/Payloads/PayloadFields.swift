/// The fields of a standard payload: the block as it came, and what was assigned since.
///
/// A field is decoded each time it is read; keep what you read in a constant when you need it often.
public struct PayloadFields: Sendable {
    private enum Assigned: Sendable {
        case decoded(JSONValue)
        case encoded(BlockValue)
    }

    /// What the hook was called with; `nil` for a payload that a program made.
    private let source: PayloadBlock?
    private var assigned: [(name: String, value: Assigned)] = []

    /// No fields yet.
    init() {
        source = nil
    }

    /// Takes the fields of a block, without decoding or copying them.
    ///
    /// - Throws: ``BlockError`` if the root is no object.
    public init(_ block: PayloadBlock) throws(BlockError) {
        let root = block.root
        guard root.isObject else { throw BlockError("payload: expected an object, found \(root.typeDescription)") }
        source = block
    }

    /// The names of the fields that were assigned, in the order of their first assignment.
    public var changed: [String] { assigned.map(\.name) }

    /// A field without decoding it; `nil` if it is absent, or was assigned what no block can hold.
    public func value(of name: String) -> BlockValue? {
        switch assignedValue(of: name) {
        case .encoded(let value): value
        case .decoded(let value): (try? PayloadBlock(value))?.root
        case nil: source?.root[name]
        }
    }

    /// Replaces a field without decoding it.
    public mutating func setValue(_ value: BlockValue, of name: String) {
        assign(.encoded(value), to: name)
    }

    /// A field; `nil` if it is absent, null, or of another type.
    subscript<Value: FieldValue>(name: String) -> Value? {
        get { decoded(name).flatMap(Value.init(_:)) }
        set { assign(.decoded(JSONValue(newValue)), to: name) }
    }

    /// A field; the default if it is absent, `nil` if it is null or of another type.
    subscript<Value: FieldValue>(name: String, absent absent: Value) -> Value? {
        get {
            guard let value = decoded(name) else { return absent }
            return Value(value)
        }
        set { self[name] = newValue }
    }

    private func decoded(_ name: String) -> JSONValue? {
        switch assignedValue(of: name) {
        case .encoded(let value): value.value
        case .decoded(let value): value
        case nil: source?.root[name]?.value
        }
    }

    private func assignedValue(of name: String) -> Assigned? {
        assigned.first { $0.name == name }?.value
    }

    private mutating func assign(_ value: Assigned, to name: String) {
        if let place = assigned.firstIndex(where: { $0.name == name }) {
            assigned[place].value = value
        } else {
            assigned.append((name, value))
        }
    }
}

extension PayloadFields {
    /// Writes an object of the fields that were assigned.
    public func writeChanges(to writer: inout BlockWriter) {
        writer.beginObject()
        for field in assigned { Self.write(field.value, of: field.name, to: &writer) }
        writer.end()
    }

    /// All fields as they are now.
    ///
    /// - Throws: ``BlockError`` if a field was assigned what no block can hold.
    public var block: PayloadBlock {
        get throws(BlockError) {
            if assigned.isEmpty, let source { return source }
            var writer = BlockWriter(capacity: source?.size ?? 256)
            writeAll(to: &writer)
            return try writer.finish()
        }
    }

    /// Writes the fields of the source in their order, and then the new ones.
    private func writeAll(to writer: inout BlockWriter) {
        var added = assigned
        writer.beginObject()
        if let root = source?.root {
            for index in 0..<root.count {
                let name = root.key(at: index)
                if let place = added.firstIndex(where: { $0.name == name }) {
                    Self.write(added.remove(at: place).value, of: name, to: &writer)
                } else if let value = root[index] {
                    Self.write(.encoded(value), of: name, to: &writer)
                }
            }
        }
        for field in added { Self.write(field.value, of: field.name, to: &writer) }
        writer.end()
    }

    private static func write(_ value: Assigned, of name: String, to writer: inout BlockWriter) {
        writer.key(name)
        switch value {
        case .decoded(let value): writer.add(value)
        case .encoded(let value): writer.add(value)
        }
    }
}
