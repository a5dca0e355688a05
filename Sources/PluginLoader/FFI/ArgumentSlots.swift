import CHookgate

/// The arguments of one call as libffi wants them: the values in slots of eight bytes, and the address of each slot.
///
/// The memory is the caller's, from `withUnsafeTemporaryAllocation`, and slots never outlive that closure.
@unsafe
struct ArgumentSlots {
    /// The address of each argument, for `ffi_call`.
    let addresses: UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>

    private static let slotSize = 8

    /// How much memory so many arguments need, aligned to eight bytes.
    static func byteCount(_ count: Int) -> Int {
        unsafe count * (slotSize + MemoryLayout<UnsafeMutableRawPointer?>.stride)
    }

    /// Lays the slots out in memory of ``byteCount(_:)`` bytes.
    init(count: Int, in memory: UnsafeMutableRawBufferPointer) {
        let values = unsafe count * Self.slotSize
        unsafe addresses = UnsafeMutableRawBufferPointer(rebasing: memory[values...])
            .bindMemory(to: UnsafeMutableRawPointer?.self)
        for index in 0..<count {
            unsafe addresses[index] = memory.baseAddress.map { unsafe $0 + index * Self.slotSize }
        }
    }

    /// Sets the value of an argument, of at most eight bytes.
    func set<Value: BitwiseCopyable>(_ index: Int, to value: Value) {
        unsafe addresses[index]?.storeBytes(of: value, as: Value.self)
    }

    /// Sets the arguments of a type from a field, or to null and 0 if the field is not of that type.
    ///
    /// A `cstr` is set to the field's node, until ``text(_:in:)`` is copied.
    ///
    /// - Returns: Whether the field is of that type.
    func set(_ index: Int, to field: hg_value, as type: FunctionSignature.FieldType) -> Bool {
        switch type {
        case .str:
            let isString = unsafe field.isString
            let text = unsafe isString ? hg_text(field) : hg_slice()
            unsafe set(index, to: text.data)
            unsafe set(index + 1, to: text.size)
            return isString
        case .cstr:
            let isString = unsafe field.isString
            unsafe set(index, to: isString ? field.node : nil)
            return isString
        case .i64:
            var integer: Int64 = 0
            let isExact = unsafe Int(hg_int64(field, &integer)) == HG_NUMBER_EXACT
            unsafe set(index, to: isExact ? integer : 0)
            return isExact
        case .f64:
            var double = 0.0
            let isNumber = unsafe Int(hg_double(field, &double)) != HG_NUMBER_NONE
            unsafe set(index, to: double)
            return isNumber
        case .bool:
            var truth: Int32 = 0
            let isBool = unsafe hg_bool(field, &truth) == 1
            unsafe set(index, to: truth != 0)
            return isBool
        }
    }

    /// The text of a `cstr` that was set from a payload; `nil` if it was set to null.
    func text(_ index: Int, in payload: UnsafePointer<hg_block>) -> hg_slice? {
        let node = unsafe addresses[index]?.load(as: UnsafePointer<hg_node>?.self)
        return unsafe node.map { unsafe hg_text(hg_value(block: payload, node: $0)) }
    }
}

extension hg_value {
    fileprivate var isString: Bool { unsafe Int(hg_type(self)) == HG_STRING }
}
