/// A decoder that tells a ``KeyWatch`` which keys are asked for, and leaves the work to another one.
struct WatchedDecoder: Decoder {
    let base: any Decoder
    let watch: KeyWatch

    var codingPath: [any CodingKey] { base.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { base.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let keys = try base.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        let object = watch.object(at: base.codingPath, keys: keys)
        let container = try base.container(keyedBy: type)
        return KeyedDecodingContainer(WatchedObject(base: container, watch: watch, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        WatchedArray(base: try base.unkeyedContainer(), watch: watch)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        WatchedValue(base: try base.singleValueContainer(), decoder: self)
    }
}

/// A value that is no container, or whose type decides what it is.
private struct WatchedValue: SingleValueDecodingContainer {
    let base: any SingleValueDecodingContainer
    let decoder: WatchedDecoder

    var codingPath: [any CodingKey] { base.codingPath }

    func decodeNil() -> Bool { base.decodeNil() }

    func decode(_ type: Bool.Type) throws -> Bool { try base.decode(type) }
    func decode(_ type: String.Type) throws -> String { try base.decode(type) }
    func decode(_ type: Double.Type) throws -> Double { try base.decode(type) }
    func decode(_ type: Float.Type) throws -> Float { try base.decode(type) }
    func decode(_ type: Int.Type) throws -> Int { try base.decode(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try base.decode(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try base.decode(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try base.decode(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try base.decode(type) }
    func decode(_ type: Int128.Type) throws -> Int128 { try base.decode(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try base.decode(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try base.decode(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try base.decode(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try base.decode(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try base.decode(type) }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try base.decode(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}

/// The elements of an array.
private struct WatchedArray: UnkeyedDecodingContainer {
    var base: any UnkeyedDecodingContainer
    let watch: KeyWatch

    var codingPath: [any CodingKey] { base.codingPath }
    var count: Int? { base.count }
    var isAtEnd: Bool { base.isAtEnd }
    var currentIndex: Int { base.currentIndex }

    mutating func decodeNil() throws -> Bool { try base.decodeNil() }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Value(from: superDecoder())
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    /// The decoder of the next element.
    mutating func superDecoder() throws -> any Decoder {
        WatchedDecoder(base: try base.superDecoder(), watch: watch)
    }
}

/// The entries of an object.
private struct WatchedObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let base: KeyedDecodingContainer<Key>
    let watch: KeyWatch
    let object: Int

    var codingPath: [any CodingKey] { base.codingPath }

    var allKeys: [Key] {
        watch.askForAll(of: object)
        return base.allKeys
    }

    func contains(_ key: Key) -> Bool { asked(key).contains(key) }

    func decodeNil(forKey key: Key) throws -> Bool { try asked(key).decodeNil(forKey: key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: superDecoder(forKey: key))
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        watch.ask(for: "super", of: object)
        return WatchedDecoder(base: try base.superDecoder(), watch: watch)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        WatchedDecoder(base: try asked(key).superDecoder(forKey: key), watch: watch)
    }

    private func asked(_ key: Key) -> KeyedDecodingContainer<Key> {
        watch.ask(for: key.stringValue, of: object)
        return base
    }
}
