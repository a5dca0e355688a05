/// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
enum StrictUTF8 {
    /// Bytes of the sequence at an offset, whose first byte is 0x80 or more; 0 if it is malformed.
    ///
    /// The text ends at `end`; `byte` reads at an offset before it.
    @inline(__always)
    static func sequenceLength(at offset: Int, end: Int, byte: (Int) -> UInt8) -> Int {
        let lead = byte(offset)
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard lead >= 0xC2, lead <= 0xF4, end - offset >= length else { return 0 }
        let second = byte(offset + 1)
        let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
        let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
        guard second >= lowest, second <= highest else { return 0 }
        if length >= 3, byte(offset + 2) & 0xC0 != 0x80 { return 0 }
        if length == 4, byte(offset + 3) & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// The offset of the first byte that is not UTF-8 in a text of a block, or `nil`.
    static func firstFault(in block: BlockBytes, at start: Int, count: Int) -> Int? {
        let end = start + count
        var offset = start
        while offset < end {
            let word = block.firstWord(ofTextAt: offset, count: end - offset)
            let high = word & 0x8080_8080_8080_8080
            if high == 0 {
                offset += 8
                continue
            }
            offset += high.trailingZeroBitCount >> 3
            repeat {
                let length = sequenceLength(at: offset, end: end, byte: block.byte(at:))
                if length == 0 { return offset }
                offset += length
            } while offset < end && block.byte(at: offset) >= 0x80
        }
        return nil
    }
}
