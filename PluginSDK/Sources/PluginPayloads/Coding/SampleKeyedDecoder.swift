/// An object that has every required entry that a type asks for, and no optional one.
struct SampleKeyedDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: SampleDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        decoder.noteDynamicKeys()
        return []
    }

    func contains(_ key: Key) -> Bool {
        decoder.test(key)
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        decoder.test(key)
        return false
    }

    private func required<Value>(_ key: Key, _ type: PayloadShape.FieldType, _ sample: Value) -> Value {
        decoder.note(key, type)
        return sample
    }

    private func optional<Value>(_ key: Key, _ type: PayloadShape.FieldType) -> Value? {
        decoder.note(key, type, isOptional: true)
        return nil
    }

    func decode(_ type: Bool.Type, forKey key: Key) -> Bool { required(key, .boolean, false) }
    func decode(_ type: String.Type, forKey key: Key) -> String { required(key, .string, "") }
    func decode(_ type: Double.Type, forKey key: Key) -> Double { required(key, .number, 0) }
    func decode(_ type: Float.Type, forKey key: Key) -> Float { required(key, .number, 0) }
    func decode(_ type: Int.Type, forKey key: Key) -> Int { required(key, .integer, 0) }
    func decode(_ type: Int8.Type, forKey key: Key) -> Int8 { required(key, .integer, 0) }
    func decode(_ type: Int16.Type, forKey key: Key) -> Int16 { required(key, .integer, 0) }
    func decode(_ type: Int32.Type, forKey key: Key) -> Int32 { required(key, .integer, 0) }
    func decode(_ type: Int64.Type, forKey key: Key) -> Int64 { required(key, .integer, 0) }
    func decode(_ type: Int128.Type, forKey key: Key) -> Int128 { required(key, .integer, 0) }
    func decode(_ type: UInt.Type, forKey key: Key) -> UInt { required(key, .integer, 0) }
    func decode(_ type: UInt8.Type, forKey key: Key) -> UInt8 { required(key, .integer, 0) }
    func decode(_ type: UInt16.Type, forKey key: Key) -> UInt16 { required(key, .integer, 0) }
    func decode(_ type: UInt32.Type, forKey key: Key) -> UInt32 { required(key, .integer, 0) }
    func decode(_ type: UInt64.Type, forKey key: Key) -> UInt64 { required(key, .integer, 0) }
    func decode(_ type: UInt128.Type, forKey key: Key) -> UInt128 { required(key, .integer, 0) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let child = try decoder.child(key)
        let value = try Value(from: child)
        decoder.note(key, child.type ?? .any, isNullable: child.isNullable)
        return value
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { optional(key, .boolean) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { optional(key, .string) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { optional(key, .number) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { optional(key, .number) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { optional(key, .integer) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { optional(key, .integer) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { optional(key, .integer) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { optional(key, .integer) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { optional(key, .integer) }
    func decodeIfPresent(_ type: Int128.Type, forKey key: Key) -> Int128? { optional(key, .integer) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { optional(key, .integer) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { optional(key, .integer) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { optional(key, .integer) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { optional(key, .integer) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { optional(key, .integer) }
    func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) -> UInt128? { optional(key, .integer) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) -> Value? {
        // The type is made once to see what it asks for; it does not matter if it refuses the sample.
        let child = try? decoder.child(key)
        if let child { _ = try? Value(from: child) }
        return optional(key, child?.type ?? .any)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        decoder.note(key, .object)
        return try decoder.child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        decoder.note(key, .array)
        return try decoder.child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try superDecoder(AnyCodingKey.super) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try superDecoder(key) }

    private func superDecoder(_ key: any CodingKey) throws -> any Decoder {
        decoder.note(key, .any)
        return try decoder.child(key)
    }
}
