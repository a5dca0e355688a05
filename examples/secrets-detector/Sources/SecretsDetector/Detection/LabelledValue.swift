/// Decides whether what stands behind a label such as `password:` is a secret, or only a word.
struct LabelledValue: Sendable {
    /// Bits for each byte that a secret has at least.
    let minEntropy: Double

    private static let minLength = 8
    /// Letters alone are a secret only if there are many, in both cases.
    private static let minLetters = 20

    /// Bytes that a value ends with only because the sentence, or the list, goes on behind it.
    private static let punctuation = Set(",;.:!?)]}\\".utf8)

    /// A value without the punctuation behind it.
    static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var value = value
        while let last = value.last, punctuation.contains(last) { value.removeLast() }
        return value
    }

    /// Whether a value is a secret.
    func isSecret(_ value: ArraySlice<UInt8>) -> Bool {
        value.count >= Self.minLength && looksMade(value) && Entropy.bitsPerByte(value) >= minEntropy
    }

    /// Words, names and paths have neither digits nor symbols.
    private func looksMade(_ value: ArraySlice<UInt8>) -> Bool {
        var hasLower = false
        var hasUpper = false
        var hasJoint = false
        for byte in value {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): hasLower = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasUpper = true
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"):
                hasJoint = true
            default: return true
            }
        }
        return hasLower && hasUpper && !hasJoint && value.count >= Self.minLetters
    }
}
