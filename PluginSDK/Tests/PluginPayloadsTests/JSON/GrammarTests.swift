import CHookgate
import PluginPayloads
import Testing

/// What is accepted compared with a second, plain description of the same rule, over all short inputs.
@Suite("Grammar, exhaustively")
struct GrammarTests {
    @Test("of all texts of up to six number characters just the numbers are accepted")
    func numbers() {
        let alphabet: [Character] = ["0", "1", "-", "+", ".", "e"]
        var texts = [""]
        var wrong: [String] = []
        var numbers = 0
        for _ in 1...6 {
            texts = texts.flatMap { text in alphabet.map { text + String($0) } }
            for text in texts {
                let expected = Self.isNumber(text)
                let block = try? PayloadBlock(json: text)
                numbers += expected ? 1 : 0
                if (block?.json == text) != expected { wrong.append(text) }
                if (refusal(of: Self.numberBlock(text)) == nil) != expected { wrong.append("block of \(text)") }
            }
        }
        #expect(wrong == [])
        #expect(numbers == 648)
    }

    @Test("of all strings of up to four bytes that matter just UTF-8 is accepted")
    func encodings() {
        let bytes: [UInt8] = [
            0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5,
        ]
        var texts: [[UInt8]] = [[]]
        var wrong: [[UInt8]] = []
        for _ in 1...4 {
            texts = texts.flatMap { text in bytes.map { text + [$0] } }
            for text in texts {
                let expected = String(validating: text, as: UTF8.self) != nil
                let isAccepted = (try? PayloadBlock(json: [0x22] + text + [0x22])) != nil
                if isAccepted != expected { wrong.append(text) }
                var block = RawBlock()
                block.node(HG_STRING, UInt32(text.count), block.text(text))
                if (refusal(of: block.finished) == nil) != expected { wrong.append(text) }
            }
        }
        #expect(wrong == [])
    }

    @Test("every scalar is read and printed, as it is and as an escape")
    func scalars() throws {
        var text = ""
        var escaped = ""
        for code in UInt32(0x80)...0x10_FFFF where code % 7 == 0 || code < 0x900 {
            guard let scalar = Unicode.Scalar(code) else { continue }
            text.unicodeScalars.append(scalar)
            for unit in UTF16.encode(scalar) ?? .init() {
                let digits = String(unit, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        let block = try PayloadBlock(json: "\"\(text)\"")
        #expect(block.jsonBytes == Array("\"\(text)\"".utf8))
        #expect(try PayloadBlock(json: "\"\(escaped)\"") == block)
    }

    @Test("every byte before a quote, at every place in a word, is treated alike", arguments: 0..<10)
    func places(prefix: Int) {
        let start = [UInt8](repeating: 0x61, count: prefix)
        for byte in UInt8.min...UInt8.max {
            let isText = byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C
            for behind in [0, 1, 7, 8, 20] {
                let text = [0x22] + start + [byte] + [UInt8](repeating: 0x63, count: behind) + [0x22]
                let block = try? PayloadBlock(json: text)
                #expect((block?.jsonBytes == text) == isText)
            }
        }
    }

    private static func numberBlock(_ text: String) -> [UInt8] {
        var block = RawBlock()
        block.node(HG_NUMBER, UInt32(text.utf8.count), block.text(text))
        return block.finished
    }

    /// The grammar of RFC 8259, piece by piece.
    private static func isNumber(_ text: String) -> Bool {
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let integer = mantissa[0]
        guard isDigits(integer), integer == "0" || !integer.hasPrefix("0") else { return false }
        if mantissa.count == 2, !isDigits(mantissa[1]) { return false }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].hasPrefix("+") || parts[1].hasPrefix("-") ? parts[1].dropFirst() : parts[1]
        return isDigits(exponent)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0 == "0" || $0 == "1" }
    }
}
