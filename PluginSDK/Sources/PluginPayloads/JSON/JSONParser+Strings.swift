extension JSONParser {
    /// Reads the string whose opening quote is at the cursor, and keeps its text in the block.
    ///
    /// - Returns: Where the text is in the block, 0 if it is empty, and its bytes.
    mutating func parseString() throws(JSONFault) -> (offset: Int, count: Int) {
        let first = block.size
        let target = unsafe block.textStart
        var count = 0
        var source = cursor + 1
        while true {
            // Copies eight bytes at a time, up to the first that needs a look. What is copied too much is overwritten.
            while end - source >= 8 {
                let word = unsafe UnsafeRawPointer(text + source).loadUnaligned(as: UInt64.self)
                unsafe target.storeBytes(of: word, toByteOffset: count, as: UInt64.self)
                let special = JSONWord.quotesControlsAndHighBytes(in: word)
                let clean = special.trailingZeroBitCount >> 3
                source += clean
                count += clean
                if special != 0 { break }
            }
            guard source < end else { throw fault(.unclosedString) }
            let byte = unsafe text[source]
            switch byte {
            case UInt8(ascii: "\""):
                cursor = source + 1
                block.keep(count)
                return (count == 0 ? 0 : first, count)
            case UInt8(ascii: "\\"):
                (source, count) = try unsafe parseEscape(at: source, into: target, count)
            case 0..<0x20:
                throw JSONFault(kind: .controlCharacter, offset: source)
            case 0x80...:
                (source, count) = try unsafe copySequences(at: source, into: target, count)
            default:
                unsafe target.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
                source += 1
                count += 1
            }
        }
    }

    /// Copies characters of several bytes.
    private func copySequences(
        at source: Int,
        into target: UnsafeMutableRawPointer,
        _ count: Int
    ) throws(JSONFault) -> (source: Int, count: Int) {
        var source = source
        var count = count
        repeat {
            let length = unsafe StrictUTF8.sequenceLength(at: source, end: end) { [text] in unsafe text[$0] }
            guard length > 0 else { throw JSONFault(kind: .encoding, offset: source) }
            unsafe (target + count).copyMemory(from: text + source, byteCount: length)
            source += length
            count += length
        } while unsafe source < end && text[source] >= 0x80
        return (source, count)
    }

    /// Reads an escape whose backslash is at `source`.
    private func parseEscape(
        at source: Int,
        into target: UnsafeMutableRawPointer,
        _ count: Int
    ) throws(JSONFault) -> (source: Int, count: Int) {
        guard source + 1 < end else { throw fault(.unclosedString) }
        let byte: UInt8
        switch unsafe text[source + 1] {
        case UInt8(ascii: "\""): byte = UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): byte = UInt8(ascii: "\\")
        case UInt8(ascii: "/"): byte = UInt8(ascii: "/")
        case UInt8(ascii: "n"): byte = 0x0A
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "r"): byte = 0x0D
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0C
        case UInt8(ascii: "u"): return try unsafe parseUnicodeEscape(at: source, into: target, count)
        default: throw JSONFault(kind: .escape, offset: source + 1)
        }
        unsafe target.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        return (source + 2, count + 1)
    }

    /// Reads `\uXXXX`, or two of them that are a surrogate pair.
    private func parseUnicodeEscape(
        at source: Int,
        into target: UnsafeMutableRawPointer,
        _ count: Int
    ) throws(JSONFault) -> (source: Int, count: Int) {
        var next = source + 6
        var code = try codeUnit(at: source)
        if code >> 10 == 0xD800 >> 10 {
            guard next + 1 < end, unsafe text[next] == UInt8(ascii: "\\") && text[next + 1] == UInt8(ascii: "u") else {
                throw JSONFault(kind: .loneSurrogate, offset: source)
            }
            let low = try codeUnit(at: next)
            guard low >> 10 == 0xDC00 >> 10 else { throw JSONFault(kind: .loneSurrogate, offset: source) }
            code = 0x1_0000 + (code & 0x3FF) << 10 + (low & 0x3FF)
            next += 6
        }
        guard let scalar = Unicode.Scalar(code) else { throw JSONFault(kind: .loneSurrogate, offset: source) }
        var count = count
        for unit in UTF8.encode(scalar) ?? .init() {
            unsafe target.storeBytes(of: unit, toByteOffset: count, as: UInt8.self)
            count += 1
        }
        return (next, count)
    }

    /// The code unit of the escape `\uXXXX` at `source`.
    private func codeUnit(at source: Int) throws(JSONFault) -> UInt32 {
        guard source + 6 <= end else { throw JSONFault(kind: .unicodeEscape, offset: source) }
        var result: UInt32 = 0
        for index in (source + 2)..<(source + 6) {
            let byte = unsafe text[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONFault(kind: .unicodeEscape, offset: source)
            }
            result = result << 4 | UInt32(digit)
        }
        return result
    }
}
