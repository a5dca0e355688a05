import CHookgate

/// The fields that a function wants: their paths, and all keys as bytes in one piece, so that a lookup neither
/// allocates nor makes a text.
struct FieldTable: Sendable {
    /// The paths of all fields, in the order of their numbers.
    private(set) var paths: [FieldPath] = []

    private var bytes: [UInt8] = []
    private var keys: [Range<Int>] = []
    private var keysOfField: [Range<Int>] = []

    /// Takes in a path.
    ///
    /// - Returns: The number of the field.
    mutating func add(_ path: FieldPath) -> Int {
        let firstKey = keys.count
        for key in path.keys {
            let start = bytes.count
            bytes.append(contentsOf: key.utf8)
            keys.append(start..<bytes.count)
        }
        keysOfField.append(firstKey..<keys.count)
        paths.append(path)
        return paths.count - 1
    }

    /// The value of a field; no value if a key on the way is missing, or its holder is no object.
    func value(of field: Int, in payload: hg_value) -> hg_value {
        unsafe bytes.withUnsafeBytes { bytes in
            var value = unsafe payload
            for key in keysOfField[field] {
                let key = unsafe UnsafeRawBufferPointer(rebasing: bytes[keys[key]])
                unsafe value = hg_get(value, hg_slice_of(key.baseAddress, key.count))
            }
            return unsafe value
        }
    }
}
