internal import Crypto

/// Names of contents: SHA-256 in lower-case hexadecimal digits.
package enum ContentDigest {
    package static func of(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        // The pointer is used within the closure only, for as many bytes as there are.
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        let digits = Array("0123456789abcdef".utf8)
        let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    static func isDigest(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy(isDigit)
    }

    /// Whether a letter is a hexadecimal digit as we write them.
    static func isDigit(_ letter: UInt8) -> Bool {
        (0x30...0x39).contains(letter) || (0x61...0x66).contains(letter)
    }
}
