/// Looks at eight bytes of a string at once.
///
/// The lowest byte of the word is the first of the string.
/// Each answer has the highest bit of every byte set that is looked for, and no other bit.
enum JSONWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Quotes, backslashes, control characters, and bytes beyond ASCII.
    @inline(__always)
    static func quotesControlsAndHighBytes(in word: UInt64) -> UInt64 {
        (~ordinary(word) | word) & highBits
    }

    /// Quotes, backslashes and control characters.
    @inline(__always)
    static func quotesAndControls(in word: UInt64) -> UInt64 {
        ~ordinary(word) & ~word & highBits
    }

    /// Has the highest bit of each byte set whose lower seven bits are no quote, backslash or control character.
    @inline(__always)
    private static func ordinary(_ word: UInt64) -> UInt64 {
        // Each sum fits its byte, so nothing is carried into the next.
        let bytes = word & ~highBits
        let aboveControls = bytes &+ ones &* (0x80 - 0x20)
        let noQuotes = (bytes ^ (ones &* 0x22)) &+ ones &* 0x7F
        let noBackslashes = (bytes ^ (ones &* 0x5C)) &+ ones &* 0x7F
        return aboveControls & noQuotes & noBackslashes
    }

    /// Up to eight bytes of a text, filled up with zeros; nothing behind them is read.
    @inline(__always)
    static func load(_ text: UnsafeBufferPointer<UInt8>, at offset: Int, count: Int) -> UInt64 {
        assert(count > 0 && count <= 8 && offset + count <= text.count)
        let bytes = UnsafeRawBufferPointer(text)
        if count == 8 { return unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        if count >= 4 {
            // The two halves overlap, where they agree.
            let low = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            let high = unsafe bytes.loadUnaligned(fromByteOffset: offset + count - 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) << UInt64(8 * (count - 4))
        }
        let (first, middle, last) = unsafe (text[offset], text[offset + count / 2], text[offset + count - 1])
        return UInt64(first) | UInt64(middle) << UInt64(8 * (count / 2)) | UInt64(last) << UInt64(8 * (count - 1))
    }
}
