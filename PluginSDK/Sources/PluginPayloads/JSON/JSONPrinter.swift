import Glibc

/// Writes compact JSON text into memory that grows.
///
/// `@safe`: the memory is this value's own, and each function makes room before it writes.
@safe
struct JSONPrinter: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var count = 0
    private var capacity: Int

    /// Always free behind what `reserve` was asked for, so that texts can be copied by whole words.
    private static let slack = 16

    /// - Parameter expected: Bytes that are probably needed.
    init(expecting expected: Int) {
        capacity = expected + 64
        unsafe memory = Self.checked(malloc(capacity), capacity)
    }

    deinit { unsafe free(memory) }

    /// Lends what was printed.
    func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let bytes = unsafe memory.assumingMemoryBound(to: UInt8.self)
        return unsafe body(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// What was printed.
    func string() -> String { unsafe withText { text in unsafe String(decoding: text, as: UTF8.self) } }

    /// One byte of ASCII.
    @inline(__always)
    mutating func add(ascii character: Unicode.Scalar) {
        reserve(1)
        put(UInt8(truncatingIfNeeded: character.value))
    }

    /// A word such as `null`.
    mutating func add(word: StaticString) {
        unsafe add(text: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Text as it is.
    mutating func add(text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return }
        reserve(text.count)
        unsafe (memory + count).copyMemory(from: base, byteCount: text.count)
        count += text.count
    }

    mutating func add(_ value: Bool) {
        if value { add(word: "true") } else { add(word: "false") }
    }

    mutating func add(_ value: Int64) {
        reserve(20)
        if value < 0 { put(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digits = 1
        var bound: UInt64 = 10
        while digits < 19, rest >= bound {
            bound *= 10
            digits += 1
        }
        count += digits
        for place in 1...digits {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            unsafe memory.storeBytes(of: 0x30 + UInt8(digit), toByteOffset: count - place, as: UInt8.self)
            rest = quotient
        }
    }

    /// The shortest text that reads back as the same number; `null` for infinities and NaN, for which JSON has none.
    mutating func add(_ value: Double) {
        guard value.isFinite else { return add(word: "null") }
        var text = value.description
        text.withUTF8 { bytes in unsafe add(text: bytes) }
    }

    /// A string of UTF-8, in quotes and escaped.
    mutating func add(string: UnsafeBufferPointer<UInt8>) {
        reserve(string.count + 2)
        put(UInt8(ascii: "\""))
        var source = 0
        while source < string.count {
            let length = min(8, string.count - source)
            let word = unsafe JSONWord.load(string, at: source, count: length)
            unsafe memory.storeBytes(of: word, toByteOffset: count, as: UInt64.self)
            let clean = min(JSONWord.quotesAndControls(in: word).trailingZeroBitCount >> 3, length)
            source += clean
            count += clean
            if clean < length {
                unsafe addEscape(string[source])
                source += 1
                reserve(string.count - source + 1)
            }
        }
        put(UInt8(ascii: "\""))
    }

    @inline(never)
    private mutating func addEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): add(word: "\\\"")
        case UInt8(ascii: "\\"): add(word: "\\\\")
        case 0x0A: add(word: "\\n")
        case 0x0D: add(word: "\\r")
        case 0x09: add(word: "\\t")
        case 0x08: add(word: "\\b")
        case 0x0C: add(word: "\\f")
        default:
            add(word: byte < 0x10 ? "\\u000" : "\\u001")
            let digit = byte & 0xF
            add(ascii: Unicode.Scalar(digit < 10 ? 0x30 + digit : 0x57 + digit))
        }
    }

    /// Bytes as a string in base64 (RFC 4648, with padding).
    mutating func add(base64 bytes: UnsafeBufferPointer<UInt8>) {
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        reserve((bytes.count + 2) / 3 * 4 + 2)
        put(UInt8(ascii: "\""))
        for first in stride(from: 0, to: bytes.count, by: 3) {
            let length = min(3, bytes.count - first)
            var group: UInt32 = 0
            for index in 0..<3 {
                let byte = unsafe index < length ? bytes[first + index] : 0
                group = group << 8 | UInt32(byte)
            }
            for index in 0..<4 {
                let digit = Int(group >> UInt32(18 - 6 * index) & 0x3F)
                put(unsafe index <= length ? alphabet.utf8Start[digit] : UInt8(ascii: "="))
            }
        }
        put(UInt8(ascii: "\""))
    }

    /// Writes into room that was reserved.
    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        assert(count < capacity)
        unsafe memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more + Self.slack { grow(by: more + Self.slack) }
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        capacity = max(capacity * 2, count + more)
        unsafe memory = Self.checked(realloc(memory, capacity), capacity)
    }

    private static func checked(_ memory: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer {
        guard let memory = unsafe memory else { fatalError("no memory for JSON text of \(size) bytes") }
        return unsafe memory
    }
}
