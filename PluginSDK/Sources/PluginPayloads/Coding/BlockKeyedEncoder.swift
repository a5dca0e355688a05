/// Encodes the entries of an object.
///
/// A property that is `nil` becomes `null` rather than being left out: in a reply, what is absent stays as it was.
struct BlockKeyedEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let object: EncodedObject
    let place: CodingPlace

    var codingPath: [any CodingKey] { place.path }

    private func set(_ part: EncodedPart, _ key: Key) { object.set(part, for: key.stringValue) }

    private func setIfPresent<Value>(_ value: Value?, _ key: Key, _ part: (Value) throws -> EncodedPart) rethrows {
        set(try value.map(part) ?? .value(.null), key)
    }

    func encodeNil(forKey key: Key) { set(.value(.null), key) }
    func encode(_ value: Bool, forKey key: Key) { set(.value(.bool(value)), key) }
    func encode(_ value: String, forKey key: Key) { set(.value(.string(value)), key) }
    func encode(_ value: Double, forKey key: Key) throws { set(try .number(value, place.path(key)), key) }
    func encode(_ value: Float, forKey key: Key) throws { set(try .number(value, place.path(key)), key) }
    func encode(_ value: Int, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: Int8, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: Int16, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: Int32, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: Int64, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: Int128, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: UInt, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: UInt8, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: UInt16, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: UInt32, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: UInt64, forKey key: Key) { set(.integer(value), key) }
    func encode(_ value: UInt128, forKey key: Key) { set(.integer(value), key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        set(try BlockEncoder.encode(value, at: .child(place, key)), key)
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) { setIfPresent(value, key) { .value(.bool($0)) } }
    func encodeIfPresent(_ value: String?, forKey key: Key) { setIfPresent(value, key) { .value(.string($0)) } }

    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        try setIfPresent(value, key) { try .number($0, place.path(key)) }
    }

    func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
        try setIfPresent(value, key) { try .number($0, place.path(key)) }
    }

    func encodeIfPresent(_ value: Int?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: Int128?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }
    func encodeIfPresent(_ value: UInt128?, forKey key: Key) { setIfPresent(value, key) { .integer($0) } }

    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        try setIfPresent(value, key) { try BlockEncoder.encode($0, at: .child(place, key)) }
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        let nested: EncodedObject
        if case .object(let existing) = object.part(of: key.stringValue) {
            nested = existing
        } else {
            nested = EncodedObject()
            set(.object(nested), key)
        }
        return KeyedEncodingContainer(BlockKeyedEncoder<NestedKey>(object: nested, place: .child(place, key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let nested: EncodedArray
        if case .array(let existing) = object.part(of: key.stringValue) {
            nested = existing
        } else {
            nested = EncodedArray()
            set(.array(nested), key)
        }
        return BlockUnkeyedEncoder(array: nested, place: .child(place, key))
    }

    func superEncoder() -> any Encoder { superEncoder(AnyCodingKey.super) }
    func superEncoder(forKey key: Key) -> any Encoder { superEncoder(key) }

    private func superEncoder(_ key: some CodingKey) -> any Encoder {
        let encoder = BlockEncoder(place: .child(place, key))
        object.set(.later(encoder), for: key.stringValue)
        return encoder
    }
}
