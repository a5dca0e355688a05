/// Decodes a `Decodable` type from a value of a block.
struct BlockDecoder: Decoder {
    let value: BlockValue
    let place: CodingPlace

    var codingPath: [any CodingKey] { place.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard value.isObject else { throw BlockScalars.mismatch([String: Any].self, "an object", value, codingPath) }
        return KeyedDecodingContainer(BlockKeyedDecoder(object: value, place: place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard value.isArray else { throw BlockScalars.mismatch([Any].self, "an array", value, codingPath) }
        return BlockUnkeyedDecoder(array: value, place: place)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension BlockDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }
    func decode(_ type: Bool.Type) throws -> Bool { try BlockScalars.bool(value, codingPath) }
    func decode(_ type: String.Type) throws -> String { try BlockScalars.string(value, codingPath) }
    func decode(_ type: Double.Type) throws -> Double { try BlockScalars.double(value, codingPath) }
    func decode(_ type: Float.Type) throws -> Float { try BlockScalars.float(value, codingPath) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: Int128.Type) throws -> Int128 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

    private func integer<Number: FixedWidthInteger>() throws -> Number {
        try BlockScalars.integer(value, as: Number.self, codingPath)
    }
}
