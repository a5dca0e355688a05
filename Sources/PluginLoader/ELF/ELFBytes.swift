/// The bytes of a file, read as little-endian numbers.
///
/// No offset is trusted: what lies outside is an error.
struct ELFBytes: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    func uint8(at offset: Int) throws(ELFError) -> UInt8 { try number(at: offset) }
    func uint16(at offset: Int) throws(ELFError) -> UInt16 { try number(at: offset) }
    func uint32(at offset: Int) throws(ELFError) -> UInt32 { try number(at: offset) }
    func uint64(at offset: Int) throws(ELFError) -> UInt64 { try number(at: offset) }

    /// A part of the file, or nil if any of it lies outside.
    func range(offset: UInt64, size: UInt64) -> Range<Int>? {
        let (end, overflow) = offset.addingReportingOverflow(size)
        guard !overflow, end <= UInt64(bytes.count) else { return nil }
        return Int(offset)..<Int(end)
    }

    /// Whether `text` and a NUL stand at an offset.
    func hasText(_ text: String, at offset: Int, before end: Int) -> Bool {
        let length = text.utf8.count
        guard offset >= 0, end <= bytes.count, offset < end, length < end - offset else { return false }
        return bytes[offset + length] == 0 && bytes[offset..<offset + length].elementsEqual(text.utf8)
    }

    private func number<Number: FixedWidthInteger>(at offset: Int) throws(ELFError) -> Number {
        let size = MemoryLayout<Number>.size
        guard offset >= 0, offset <= bytes.count - size else {
            throw .malformed("it refers to byte \(offset) of \(bytes.count)")
        }
        var number: Number = 0
        for index in (0..<size).reversed() {
            number = number << 8 | Number(truncatingIfNeeded: bytes[offset + index])
        }
        return number
    }
}
