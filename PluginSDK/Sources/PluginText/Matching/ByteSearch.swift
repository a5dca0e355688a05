extension Span<UInt8> {
    /// The first byte that lies in a range, looking at eight at a time.
    ///
    /// ```swift
    /// let digit = UInt8(ascii: "0")...UInt8(ascii: "9")
    /// while let place = text.span.firstIndex(in: digit, from: start) { … }
    /// ```
    ///
    /// - Parameters:
    ///   - range: Bytes of ASCII; a range that reaches beyond finds nothing more for it.
    ///   - start: Where to begin.
    /// - Returns: Its place, or `nil` if there is none.
    public func firstIndex(in range: ClosedRange<UInt8>, from start: Int = 0) -> Int? {
        let ends = ByteRangeEnds(range)
        var index = Swift.max(0, start)
        while index <= count - 8 {
            // Within the span, as the condition says.
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let found = ends.places(in: UInt64(littleEndian: word))
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            if self[index] < 0x80, range.contains(self[index]) { return index }
            index += 1
        }
        return nil
    }
}

/// The ends of a range of ASCII bytes, each eight times, to compare with the bytes of a word.
private struct ByteRangeEnds {
    private let fromLower: UInt64
    private let fromUpper: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let high: UInt64 = 0x8080_8080_8080_8080

    init(_ range: ClosedRange<UInt8>) {
        // Added to a byte below 0x80, they carry into its highest bit exactly if the byte is not below the lower bound,
        // or is above the upper bound.
        fromLower = Self.ones &* UInt64(0x80 - Swift.min(range.lowerBound, 0x80))
        fromUpper = Self.ones &* UInt64(0x7F - Swift.min(range.upperBound, 0x7F))
    }

    /// The highest bit of each byte that lies in the range.
    @inline(__always)
    func places(in word: UInt64) -> UInt64 {
        let low = word & ~Self.high
        return (low &+ fromLower) & ~(low &+ fromUpper) & ~word & Self.high
    }
}
