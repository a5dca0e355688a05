/// Collects what an `Encodable` type encodes.
///
/// A type may fill its containers in any order, so they are collected first and written when all are complete.
final class BlockEncoder: Encoder {
    let place: CodingPlace
    private(set) var part: EncodedPart?
    private var isContradictory = false

    init(place: CodingPlace) {
        self.place = place
    }

    var codingPath: [any CodingKey] { place.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object(let object) = part {
            return KeyedEncodingContainer(BlockKeyedEncoder(object: object, place: place))
        }
        let object = EncodedObject()
        set(.object(object))
        return KeyedEncodingContainer(BlockKeyedEncoder(object: object, place: place))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array(let array) = part { return BlockUnkeyedEncoder(array: array, place: place) }
        let array = EncodedArray()
        set(.array(array))
        return BlockUnkeyedEncoder(array: array, place: place)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func set(_ part: EncodedPart) {
        if self.part != nil { isContradictory = true }
        self.part = part
    }

    /// Encodes one value.
    static func encode(_ value: some Encodable, at place: CodingPlace) throws -> EncodedPart {
        let encoder = BlockEncoder(place: place)
        try value.encode(to: encoder)
        if encoder.isContradictory { throw encoder.failure(value, "encodes itself twice") }
        guard let part = encoder.part else { throw encoder.failure(value, "encodes nothing") }
        return part
    }

    private func failure(_ value: Any, _ problem: String) -> EncodingError {
        .invalidValue(value, .init(codingPath: codingPath, debugDescription: "\(type(of: value)) \(problem)"))
    }
}

extension BlockEncoder: SingleValueEncodingContainer {
    func encodeNil() { set(.value(.null)) }
    func encode(_ value: Bool) { set(.value(.bool(value))) }
    func encode(_ value: String) { set(.value(.string(value))) }
    func encode(_ value: Double) throws { set(try .number(value, codingPath)) }
    func encode(_ value: Float) throws { set(try .number(value, codingPath)) }
    func encode(_ value: Int) { set(.integer(value)) }
    func encode(_ value: Int8) { set(.integer(value)) }
    func encode(_ value: Int16) { set(.integer(value)) }
    func encode(_ value: Int32) { set(.integer(value)) }
    func encode(_ value: Int64) { set(.integer(value)) }
    func encode(_ value: Int128) { set(.integer(value)) }
    func encode(_ value: UInt) { set(.integer(value)) }
    func encode(_ value: UInt8) { set(.integer(value)) }
    func encode(_ value: UInt16) { set(.integer(value)) }
    func encode(_ value: UInt32) { set(.integer(value)) }
    func encode(_ value: UInt64) { set(.integer(value)) }
    func encode(_ value: UInt128) { set(.integer(value)) }
    func encode(_ value: some Encodable) throws { set(try Self.encode(value, at: place)) }
}
