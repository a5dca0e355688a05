/// Decodes a type from sample values, and notes what the type asks for.
///
/// The samples are empty texts, arrays and objects, zeros and `false`. What is optional is absent.
final class SampleDecoder: Decoder {
    /// What was asked for.
    private(set) var type: PayloadShape.FieldType?
    /// The fields that were asked for, when that is an object.
    private(set) var fields: [PayloadShape.Field] = []
    /// Whether `null` was asked for.
    private(set) var isNullable = false
    /// Whether the keys depend on the value, so that no fields can be named.
    private(set) var isDynamic = false

    /// Keys that the type looks for before it reads them.
    private var tested: Set<String> = []
    private let place: CodingPlace
    private let depth: Int

    /// A type that asks for values in values without end is given up.
    private static let depthLimit = 64

    init(place: CodingPlace = .root, depth: Int = 0) {
        self.place = place
        self.depth = depth
    }

    var codingPath: [any CodingKey] { place.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        note(.object)
        return KeyedDecodingContainer(SampleKeyedDecoder(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        note(.array)
        return SampleUnkeyedDecoder(decoder: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// Notes what is asked for; two different wishes may be any value.
    func note(_ type: PayloadShape.FieldType) {
        self.type = self.type == nil || self.type == type ? type : .any
    }

    func noteDynamicKeys() { isDynamic = true }

    func test(_ key: any CodingKey) { tested.insert(key.stringValue) }

    /// Notes a field.
    func note(_ key: any CodingKey, _ type: PayloadShape.FieldType, isOptional: Bool = false, isNullable: Bool = false)
    {
        let isOptional = isOptional || tested.contains(key.stringValue)
        if let place = fields.firstIndex(where: { $0.name == key.stringValue }) {
            if fields[place].type != type { fields[place].type = .any }
            fields[place].isRequired = fields[place].isRequired || !isOptional
        } else {
            fields.append(.init(key.stringValue, type, isNullable: isNullable || isOptional, isRequired: !isOptional))
        }
    }

    func child(_ key: any CodingKey) throws(DecodingError) -> SampleDecoder {
        guard depth < Self.depthLimit else { throw refusal("nests without end") }
        return SampleDecoder(place: .child(place, key), depth: depth + 1)
    }

    func refusal(_ problem: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: problem))
    }
}

extension SampleDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        isNullable = true
        return false
    }

    func decode(_ type: Bool.Type) -> Bool {
        note(.boolean)
        return false
    }

    func decode(_ type: String.Type) -> String {
        note(.string)
        return ""
    }

    func decode(_ type: Double.Type) -> Double {
        note(.number)
        return 0
    }

    func decode(_ type: Float.Type) -> Float {
        note(.number)
        return 0
    }

    func decode(_ type: Int.Type) -> Int { integer() }
    func decode(_ type: Int8.Type) -> Int8 { integer() }
    func decode(_ type: Int16.Type) -> Int16 { integer() }
    func decode(_ type: Int32.Type) -> Int32 { integer() }
    func decode(_ type: Int64.Type) -> Int64 { integer() }
    func decode(_ type: Int128.Type) -> Int128 { integer() }
    func decode(_ type: UInt.Type) -> UInt { integer() }
    func decode(_ type: UInt8.Type) -> UInt8 { integer() }
    func decode(_ type: UInt16.Type) -> UInt16 { integer() }
    func decode(_ type: UInt32.Type) -> UInt32 { integer() }
    func decode(_ type: UInt64.Type) -> UInt64 { integer() }
    func decode(_ type: UInt128.Type) -> UInt128 { integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

    private func integer<Number: FixedWidthInteger>() -> Number {
        note(.integer)
        return 0
    }
}

/// An array without elements.
struct SampleUnkeyedDecoder: UnkeyedDecodingContainer {
    let decoder: SampleDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { 0 }
    var isAtEnd: Bool { true }
    var currentIndex: Int { 0 }

    private var refusal: DecodingError { decoder.refusal("needs an element") }

    func decodeNil() throws -> Bool { throw refusal }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { throw refusal }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw refusal
    }

    func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw refusal }
    func superDecoder() throws -> any Decoder { throw refusal }
}
