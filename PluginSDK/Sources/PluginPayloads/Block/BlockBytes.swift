import Glibc

/// The bytes of a block that is being checked or made.
///
/// `@safe` because of how it is used: whoever reads at an offset has compared it with `count` before. Debug builds
/// assert that; release builds do not look twice.
@safe
package struct BlockBytes {
    private let base: UnsafeRawPointer
    let count: Int

    /// Borrows the bytes for as long as this value is used.
    package init(base: UnsafeRawPointer, count: Int) {
        unsafe self.base = unsafe base
        self.count = count
    }

    @inline(__always)
    func byte(at offset: Int) -> UInt8 {
        assert(offset >= 0 && offset < count)
        return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
    }

    /// Four bytes, little endian.
    @inline(__always)
    func half(at offset: Int) -> UInt32 {
        assert(offset >= 0 && offset + 4 <= count)
        return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }

    /// Eight bytes, little endian.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        assert(offset >= 0 && offset + 8 <= count)
        return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// The first up to eight bytes of a text that a node refers to, filled up with zeros.
    ///
    /// A text ends before its node, so at least 16 more bytes can be read behind it.
    @inline(__always)
    func firstWord(ofTextAt offset: Int, count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        let word = word(at: offset)
        return count >= 8 ? word : word & ~(UInt64.max << UInt64(8 * count))
    }

    /// Whether two ranges hold the same bytes.
    func equal(_ left: Int, _ right: Int, count: Int) -> Bool {
        assert(max(left, right) + count <= self.count)
        return unsafe memcmp(base + left, base + right, count) == 0
    }

    /// Lends a range.
    @inline(__always)
    func withRange<Result>(at offset: Int, count: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        assert(offset >= 0 && count >= 0 && offset + count <= self.count)
        return unsafe body(UnsafeRawBufferPointer(start: base + offset, count: count))
    }
}
