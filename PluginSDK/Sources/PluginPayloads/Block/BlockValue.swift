public import CHookgate

/// A value inside a block.
///
/// It holds the block, so it may outlive the call it came with.
@safe
public struct BlockValue: @unchecked Sendable {
    // `@unchecked Sendable`: the handle points into `storage`, which never changes and is held here.
    private let storage: BlockStorage
    private let node: hg_value

    init(storage: BlockStorage, value: hg_value) {
        self.storage = storage
        unsafe self.node = unsafe value
    }

    /// The C handle, valid only while this value or its block is held.
    @unsafe
    public var handle: hg_value { unsafe node }

    /// Reads through the handle while the block is held for certain.
    @inline(__always)
    private func read<Result>(_ body: (hg_value) -> Result) -> Result {
        defer { extendLifetime(storage) }
        return unsafe body(node)
    }

    private var type: Int { unsafe read { unsafe Int(hg_type($0)) } }

    /// Whether the value is `null`.
    public var isNull: Bool { type == HG_NULL }

    /// The truth value, if it is one.
    public var bool: Bool? {
        var result: Int32 = 0
        return unsafe read { unsafe hg_bool($0, &result) } == 1 ? result != 0 : nil
    }

    /// The number as an integer, if it is one without a fraction and fits.
    public var int64: Int64? {
        var result: Int64 = 0
        return unsafe read { unsafe Int(hg_int64($0, &result)) } == HG_NUMBER_EXACT ? result : nil
    }

    /// The number as floating point, rounded to the nearest, if it is one in range.
    public var double: Double? {
        var result = 0.0
        return unsafe read { unsafe Int(hg_double($0, &result)) } == HG_NUMBER_NONE ? nil : result
    }

    /// The text, if it is one.
    public var string: String? { type == HG_STRING ? text : nil }

    /// The text of a number that is kept as text.
    public var numberText: String? { type == HG_NUMBER ? text : nil }

    /// The bytes of a text, a number kept as text, or bytes; empty for everything else.
    ///
    /// Valid as long as this value.
    @unsafe
    public var unsafeText: UnsafeBufferPointer<UInt8> {
        let slice = unsafe read { unsafe hg_text($0) }
        return unsafe UnsafeBufferPointer(start: slice.data, count: slice.size)
    }

    private var text: String { unsafe read { unsafe Self.text(of: hg_text($0)) } }

    private static func text(of slice: hg_slice) -> String {
        unsafe String(decoding: UnsafeBufferPointer(start: slice.data, count: slice.size), as: UTF8.self)
    }

    /// Elements of an array, or entries of an object; 0 for everything else.
    public var count: Int { unsafe read { unsafe Int(hg_count($0)) } }

    /// Whether the value is an array.
    public var isArray: Bool { type == HG_ARRAY }

    /// Whether the value is an object.
    public var isObject: Bool { type == HG_OBJECT }

    /// The element of an array, or the value of an entry; `nil` beyond the end.
    public subscript(index: Int) -> BlockValue? {
        guard index >= 0, index < count else { return nil }
        return unsafe BlockValue(storage: storage, value: read { unsafe hg_at($0, UInt32(index)) })
    }

    /// The key of an entry of an object; empty beyond the end.
    public func key(at index: Int) -> String {
        guard isObject, index >= 0, index < count else { return "" }
        return unsafe read { unsafe Self.text(of: hg_key_at($0, UInt32(index))) }
    }

    /// The value of a key, if this is an object that has it.
    public subscript(key: String) -> BlockValue? {
        let found = unsafe read { value in unsafe withSlice(of: key) { slice in unsafe hg_get(value, slice) } }
        guard unsafe found.node != nil else { return nil }
        return unsafe BlockValue(storage: storage, value: found)
    }

    /// The value, decoded with all that is in it.
    public var value: JSONValue {
        switch type {
        case HG_BOOL: .bool(bool ?? false)
        case HG_INT64: .int(int64 ?? 0)
        case HG_DOUBLE: .double(double ?? 0)
        case HG_NUMBER: .number(text)
        case HG_STRING: .string(text)
        case HG_BYTES: .bytes(unsafe read { _ in unsafe Array(unsafeText) })
        case HG_ARRAY: .array((0..<count).map { self[$0]?.value ?? .null })
        case HG_OBJECT: .object(object ?? [:])
        default: .null
        }
    }

    /// The entries, decoded, if this is an object.
    public var object: JSONObject? {
        guard isObject else { return nil }
        var result = JSONObject()
        result.reserveCapacity(count)
        for index in 0..<count { result.append(key(at: index), self[index]?.value ?? .null) }
        return result
    }

    /// A block with this value as its root.
    public var block: PayloadBlock {
        var writer = BlockWriter()
        writer.add(self)
        guard let block = try? writer.finish() else { preconditionFailure("a part of a block always fits") }
        return block
    }
}

extension BlockValue: Equatable {
    /// Two values are equal if they have the same type, text and parts, in the same order.
    public static func == (left: BlockValue, right: BlockValue) -> Bool {
        unsafe left.read { leftValue in unsafe right.read { rightValue in unsafe equal(leftValue, rightValue) } }
    }

    private static func equal(_ left: hg_value, _ right: hg_value) -> Bool {
        guard unsafe hg_type(left) == hg_type(right) && hg_count(left) == hg_count(right) else { return false }
        switch unsafe Int(hg_type(left)) {
        case HG_BOOL, HG_INT64, HG_DOUBLE: return unsafe left.node.pointee.bits == right.node.pointee.bits
        case HG_NUMBER, HG_STRING, HG_BYTES: return unsafe hg_slice_equal(hg_text(left), hg_text(right)) == 1
        default:
            return unsafe (0..<hg_count(left)).allSatisfy { index in
                unsafe hg_slice_equal(hg_key_at(left, index), hg_key_at(right, index)) == 1
                    && equal(hg_at(left, index), hg_at(right, index))
            }
        }
    }
}
