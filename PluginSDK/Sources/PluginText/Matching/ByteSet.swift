/// A set of bytes, told apart by their lower six bits alone.
///
/// Small enough to be made of a short text in a few nanoseconds. A set may seem to have a byte that it lacks, never
/// the other way round.
struct ByteSet {
    private var buckets: UInt64

    static let all = ByteSet(buckets: .max)

    private init(buckets: UInt64) {
        self.buckets = buckets
    }

    /// The bytes of a text.
    @inline(__always)
    init(of text: UnsafeBufferPointer<UInt8>) {
        buckets = 0
        for unsafe byte in unsafe text { buckets |= 1 << UInt64(byte & 63) }
    }

    /// A byte, and if it is an ASCII letter its other case.
    init(bothCasesOf byte: UInt8) {
        let letter = byte | 0x20
        let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter
        buckets = 1 << UInt64(byte & 63)
        if isLetter { buckets |= 1 << UInt64((byte ^ 0x20) & 63) }
    }

    /// The bytes whose bit is set in a map of 32 bytes, where byte 0 has the lowest bit.
    init(bitmap: some Sequence<UInt8>) {
        buckets = 0
        for (index, bits) in bitmap.enumerated() { buckets |= UInt64(bits) << UInt64(index % 8 * 8) }
    }

    /// Whether some byte seems to be in both.
    @inline(__always)
    func meets(_ other: ByteSet) -> Bool {
        buckets & other.buckets != 0
    }
}
