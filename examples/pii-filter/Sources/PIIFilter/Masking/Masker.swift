/// Makes masks.
package struct Masker: Sendable {
    private let redactionText: String
    private let salt: String

    /// Makes a masker; without a salt it takes a random one, and digests differ between instances.
    package init(redactionText: String, salt: String?) {
        self.redactionText = redactionText
        self.salt = salt ?? Hexadecimal.random(digits: 32)
    }

    /// What takes the place of a text.
    package func mask(_ text: String, as finding: Finding) -> String {
        switch finding.strategy {
        case .redact: redactionText
        case .partial: PartialMask.mask(text, of: finding.type) ?? redactionText
        case .hash: "[HASH:\(Hexadecimal.text(SHA256.digest("\(salt):\(text)".utf8).prefix(8)))]"
        case .tokenize: "[TOKEN:\(Hexadecimal.random(digits: 8))]"
        case .remove: ""
        }
    }
}
