import PluginText
import Testing

@Suite("Searches for bytes")
struct ByteSearchTests {
    static let ranges: [ClosedRange<UInt8>] = [
        0x30...0x39, 0x40...0x40, 0...0, 0...0x7F, 0x7F...0x7F, 0x61...0xFF, 0x80...0xFF,
    ]

    @Test("finds every ASCII byte of the range at every place, and no other", arguments: ranges)
    func everyByte(_ range: ClosedRange<UInt8>) {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<20 {
                var bytes = [UInt8](repeating: 0xC3, count: 20)
                bytes[place] = byte
                let expected = byte < 0x80 && range.contains(byte) ? place : nil
                #expect(bytes.span.firstIndex(in: range) == expected)
            }
        }
    }

    @Test("neighbours do not disturb each other", arguments: ranges)
    func neighbours(_ range: ClosedRange<UInt8>) {
        let bytes = (0..<2048).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 256 &* 31) }
        for start in 0...bytes.count {
            let expected = bytes[start...].firstIndex { $0 < 0x80 && range.contains($0) }
            #expect(bytes.span.firstIndex(in: range, from: start) == expected)
        }
    }

    @Test("an empty text, and a start behind the end, have nothing")
    func nothing() {
        #expect([UInt8]().span.firstIndex(in: 0...0x7F) == nil)
        #expect(Array("12345678".utf8).span.firstIndex(in: 0x30...0x39, from: 8) == nil)
        #expect(Array("12345678".utf8).span.firstIndex(in: 0x30...0x39, from: 99) == nil)
    }
}
