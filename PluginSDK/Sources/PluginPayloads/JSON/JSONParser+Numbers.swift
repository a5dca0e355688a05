import CHookgate

extension JSONParser {
    /// Reads a number: an integer if the text is just what an `Int64` prints as, else the text itself.
    mutating func parseNumber() throws(JSONFault) {
        let negative = unsafe text[cursor] == UInt8(ascii: "-")
        let first = negative ? cursor + 1 : cursor
        var offset = first
        var value: UInt64 = 0
        var next: UInt8 = 0
        while offset < end {
            next = unsafe text[offset]
            let digit = next &- 0x30
            guard digit <= 9 else { break }
            value = value &* 10 &+ UInt64(digit)
            offset += 1
        }
        let isPlain = offset < end ? next != UInt8(ascii: ".") && next | 0x20 != UInt8(ascii: "e") : true
        let digits = offset - first
        guard isPlain, digits > 0, digits <= 19, value <= UInt64(Int64.max) + (negative ? 1 : 0),
            unsafe text[first] != UInt8(ascii: "0") || (digits == 1 && !negative)
        else { return try keepNumber() }
        cursor = offset
        try push(UInt64(HG_INT64), negative ? 0 &- value : value)
    }

    private mutating func keepNumber() throws(JSONFault) {
        let start = cursor
        guard let numberEnd = unsafe JSONNumber.end(at: start, end: end, byte: { [text] in unsafe text[$0] }) else {
            throw fault(.number)
        }
        let count = numberEnd - start
        let offset = block.size
        unsafe block.textStart.copyMemory(from: text + start, byteCount: count)
        block.keep(count)
        cursor = numberEnd
        try push(UInt64(HG_NUMBER) | UInt64(count) << 32, UInt64(offset))
    }
}
