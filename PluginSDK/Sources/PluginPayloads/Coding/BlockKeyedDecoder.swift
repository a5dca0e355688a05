/// Decodes the entries of an object.
struct BlockKeyedDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: BlockValue
    let place: CodingPlace

    var codingPath: [any CodingKey] { place.path }

    var allKeys: [Key] {
        (0..<object.count).compactMap { Key(stringValue: object.key(at: $0)) }
    }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

    private func entry(_ key: some CodingKey) throws(DecodingError) -> BlockValue {
        guard let value = object[key.stringValue] else {
            throw .keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return value
    }

    private func decoder(_ key: some CodingKey) throws(DecodingError) -> BlockDecoder {
        BlockDecoder(value: try entry(key), place: .child(place, key))
    }

    private func integer<Number: FixedWidthInteger>(_ key: Key) throws(DecodingError) -> Number {
        try BlockScalars.integer(entry(key), as: Number.self, place.path(key))
    }

    func decodeNil(forKey key: Key) throws -> Bool { try entry(key).isNull }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try BlockScalars.bool(entry(key), place.path(key))
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try BlockScalars.string(entry(key), place.path(key))
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try BlockScalars.double(entry(key), place.path(key))
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try BlockScalars.float(entry(key), place.path(key))
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try integer(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try integer(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: decoder(key))
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(AnyCodingKey.super) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}
