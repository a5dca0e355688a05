import CHookgate

/// A text at an address that stays, for slices that outlive a function.
///
/// `@unchecked Sendable`: the bytes are written before the object is shared, and never after.
@safe
final class StableText: @unchecked Sendable {
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ text: String) {
        unsafe bytes = .allocate(capacity: text.utf8.count)
        _ = unsafe bytes.initialize(from: text.utf8)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// The text; valid as long as this object.
    @unsafe
    var slice: hg_slice { unsafe hg_slice_of(bytes.baseAddress, bytes.count) }
}

extension hg_slice {
    /// The text of a slice that a plugin handed over; `nil` if it is no UTF-8.
    var text: String? {
        guard unsafe data != nil || size == 0 else { return nil }
        return unsafe String(validating: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    }

    /// The text of a slice for people, with a mark in the place of what is no UTF-8.
    var repairedText: String {
        guard let start = unsafe data else { return "" }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: size), as: UTF8.self)
    }
}
