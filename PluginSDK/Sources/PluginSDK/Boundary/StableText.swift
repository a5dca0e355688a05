package import CHookgate

/// A text at a fixed address.
///
/// `@unchecked Sendable`: the bytes are written when it is made and never after, and freed with it.
@safe
package final class StableText: @unchecked Sendable {
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    package init(_ text: String) {
        unsafe bytes = .allocate(capacity: text.utf8.count)
        _ = unsafe bytes.initialize(from: text.utf8)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// Valid as long as this object.
    @unsafe
    package var slice: hg_slice { unsafe hg_slice_of(bytes.baseAddress, bytes.count) }
}
