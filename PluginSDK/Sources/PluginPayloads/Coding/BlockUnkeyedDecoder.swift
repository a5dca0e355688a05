/// Decodes the elements of an array, one after the other.
struct BlockUnkeyedDecoder: UnkeyedDecodingContainer {
    let array: BlockValue
    let place: CodingPlace
    private(set) var currentIndex = 0

    init(array: BlockValue, place: CodingPlace) {
        self.array = array
        self.place = place
    }

    var codingPath: [any CodingKey] { place.path }
    var count: Int? { array.count }
    var isAtEnd: Bool { currentIndex >= array.count }

    private var path: [any CodingKey] { place.path(AnyCodingKey(index: currentIndex)) }

    private func element(as type: any Any.Type) throws(DecodingError) -> BlockValue {
        guard let value = array[currentIndex] else {
            throw .valueNotFound(type, .init(codingPath: path, debugDescription: "missing"))
        }
        return value
    }

    /// Reads the next element, which is passed over only if that succeeds.
    private mutating func next<Value>(
        as type: Value.Type,
        _ read: (BlockValue, @autoclosure () -> [any CodingKey]) throws(DecodingError) -> Value
    ) throws(DecodingError) -> Value {
        let result = try read(element(as: type), path)
        currentIndex += 1
        return result
    }

    private mutating func integer<Number: FixedWidthInteger>() throws(DecodingError) -> Number {
        try next(as: Number.self) { value, path throws(DecodingError) in
            try BlockScalars.integer(value, as: Number.self, path())
        }
    }

    private mutating func nested<Value>(as type: any Any.Type, _ read: (BlockDecoder) throws -> Value) throws -> Value {
        let decoder = BlockDecoder(
            value: try element(as: type),
            place: .child(place, AnyCodingKey(index: currentIndex))
        )
        let result = try read(decoder)
        currentIndex += 1
        return result
    }

    mutating func decodeNil() throws -> Bool {
        guard try element(as: Any?.self).isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next(as: type, BlockScalars.bool) }
    mutating func decode(_ type: String.Type) throws -> String { try next(as: type, BlockScalars.string) }
    mutating func decode(_ type: Double.Type) throws -> Double { try next(as: type, BlockScalars.double) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next(as: type, BlockScalars.float) }
    mutating func decode(_ type: Int.Type) throws -> Int { try integer() }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try integer() }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try integer() }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try nested(as: type) { try Value(from: $0) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try nested(as: [String: Any].self) { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try nested(as: [Any].self) { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try nested(as: (any Decoder).self) { $0 }
    }
}
