/// Replaces single characters of ASCII by other texts.
struct EscapedText: Sendable {
    private let replacements: [String?]

    private init(_ replacements: KeyValuePairs<Unicode.Scalar, String>) {
        var table = [String?](repeating: nil, count: 256)
        for (character, replacement) in replacements { table[Int(character.value)] = replacement }
        self.replacements = table
    }

    /// Text that stands in HTML, between tags or in an attribute in quotes.
    static let html = EscapedText(["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&#34;", "'": "&#39;"])

    /// JSON text that stands in HTML and stays JSON.
    static let jsonInHTML = EscapedText(["&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "'": "\\u0027"])

    func callAsFunction(_ text: String) -> String {
        guard text.utf8.contains(where: { replacements[Int($0)] != nil }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let replacement = replacements[Int(byte)] {
                result.append(contentsOf: replacement.utf8)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
