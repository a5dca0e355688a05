extension BlockValue {
    /// Decodes a type from this value.
    ///
    /// A `null` is read as `nil`, as an absent entry is. Numbers have to fit the type that is asked for.
    ///
    /// - Parameter type: What to decode.
    /// - Returns: The decoded value.
    /// - Throws: `DecodingError`, which ``CodingProblem`` puts into words; and what the type itself throws.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try Value(from: BlockDecoder(value: self, place: .root))
    }
}

extension PayloadBlock {
    /// Decodes a type from the root value.
    ///
    /// - Parameter type: What to decode.
    /// - Returns: The decoded value.
    /// - Throws: `DecodingError`, which ``CodingProblem`` puts into words; and what the type itself throws.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try root.decode(type)
    }

    /// Makes a block of what a type encodes.
    ///
    /// A property that is `nil` becomes `null`.
    ///
    /// - Parameter value: What to encode.
    /// - Throws: `EncodingError`, which ``CodingProblem`` puts into words; ``BlockError`` if the value nests too deep or
    ///   is too large; and what the type itself throws.
    public init(encoding value: some Encodable) throws {
        let part = try BlockEncoder.encode(value, at: .root)
        var writer = BlockWriter()
        part.write(to: &writer)
        self = try writer.finish()
    }

    /// Makes a block of the fields in which a value differs from what it was, as a reply holds them.
    ///
    /// Fields that were not changed are left out, and so keep what the type does not know of them: unknown keys, and the
    /// text of numbers. A field that is gone becomes `null`.
    ///
    /// - Parameters:
    ///   - value: What to encode, an object.
    ///   - original: What the value was before.
    /// - Throws: As ``init(encoding:)``; and ``BlockError`` if one of the two is no object.
    public init<Value: Encodable>(encoding value: Value, changedFrom original: Value) throws {
        let new = try PayloadBlock(encoding: value).root
        let old = try PayloadBlock(encoding: original).root
        guard new.isObject, old.isObject else {
            throw BlockError("payload: expected an object, found \((new.isObject ? old : new).typeDescription)")
        }
        var writer = BlockWriter()
        writer.beginObject()
        for index in 0..<new.count {
            let key = new.key(at: index)
            guard let field = new[index], field != old[key] else { continue }
            writer.key(key)
            writer.add(field)
        }
        for index in 0..<old.count where new[old.key(at: index)] == nil {
            writer.key(old.key(at: index))
            writer.addNull()
        }
        writer.end()
        self = try writer.finish()
    }
}
