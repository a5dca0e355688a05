import CHookgate

/// The grammar of JSON numbers.
enum JSONNumber {
    /// Where the number that begins at an offset ends, or `nil` if none begins there.
    ///
    /// The text ends at `end`; `byte` reads at an offset before it.
    @inline(__always)
    static func end(at start: Int, end: Int, byte: (Int) -> UInt8) -> Int? {
        var offset = start
        /// Skips digits; `false` if there is none.
        func skipDigits() -> Bool {
            let first = offset
            while offset < end, byte(offset) &- 0x30 <= 9 { offset += 1 }
            return offset > first
        }
        if offset < end, byte(offset) == UInt8(ascii: "-") { offset += 1 }
        let integer = offset
        guard skipDigits() else { return nil }
        guard offset - integer == 1 || byte(integer) != UInt8(ascii: "0") else { return nil }
        if offset < end, byte(offset) == UInt8(ascii: ".") {
            offset += 1
            guard skipDigits() else { return nil }
        }
        if offset < end, byte(offset) | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < end, byte(offset) == UInt8(ascii: "+") || byte(offset) == UInt8(ascii: "-") { offset += 1 }
            guard skipDigits() else { return nil }
        }
        return offset
    }

    /// Whether a whole text is a number.
    static func isNumber(_ text: hg_slice) -> Bool {
        guard let bytes = unsafe text.data else { return false }
        return unsafe end(at: 0, end: text.size, byte: { unsafe bytes[$0] }) == text.size
    }

    /// The number as an integer, if the text is one without a fraction and fits.
    static func int64(of text: String) -> Int64? {
        var result: Int64 = 0
        let answer = unsafe withSlice(of: text) { slice in
            unsafe isNumber(slice) ? Int(hg_int64_of_text(slice, &result)) : HG_NUMBER_NONE
        }
        return answer == HG_NUMBER_EXACT ? result : nil
    }

    /// The number as floating point, rounded to the nearest, if the text is one in range.
    static func double(of text: String) -> Double? {
        var result = 0.0
        let answer = unsafe withSlice(of: text) { slice in
            unsafe isNumber(slice) ? Int(hg_double_of_text(slice, &result)) : HG_NUMBER_NONE
        }
        return answer == HG_NUMBER_NONE ? nil : result
    }
}
