/// Encodes the elements of an array.
struct BlockUnkeyedEncoder: UnkeyedEncodingContainer {
    let array: EncodedArray
    let place: CodingPlace

    var codingPath: [any CodingKey] { place.path }
    var count: Int { array.parts.count }

    private var next: CodingPlace { .child(place, AnyCodingKey(index: count)) }

    private func add(_ part: EncodedPart) { array.parts.append(part) }

    func encodeNil() { add(.value(.null)) }
    func encode(_ value: Bool) { add(.value(.bool(value))) }
    func encode(_ value: String) { add(.value(.string(value))) }
    func encode(_ value: Double) throws { add(try .number(value, next.path)) }
    func encode(_ value: Float) throws { add(try .number(value, next.path)) }
    func encode(_ value: Int) { add(.integer(value)) }
    func encode(_ value: Int8) { add(.integer(value)) }
    func encode(_ value: Int16) { add(.integer(value)) }
    func encode(_ value: Int32) { add(.integer(value)) }
    func encode(_ value: Int64) { add(.integer(value)) }
    func encode(_ value: Int128) { add(.integer(value)) }
    func encode(_ value: UInt) { add(.integer(value)) }
    func encode(_ value: UInt8) { add(.integer(value)) }
    func encode(_ value: UInt16) { add(.integer(value)) }
    func encode(_ value: UInt32) { add(.integer(value)) }
    func encode(_ value: UInt64) { add(.integer(value)) }
    func encode(_ value: UInt128) { add(.integer(value)) }
    func encode(_ value: some Encodable) throws { add(try BlockEncoder.encode(value, at: next)) }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        let container = BlockKeyedEncoder<NestedKey>(object: EncodedObject(), place: next)
        add(.object(container.object))
        return KeyedEncodingContainer(container)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let container = BlockUnkeyedEncoder(array: EncodedArray(), place: next)
        add(.array(container.array))
        return container
    }

    func superEncoder() -> any Encoder {
        let encoder = BlockEncoder(place: next)
        add(.later(encoder))
        return encoder
    }
}
