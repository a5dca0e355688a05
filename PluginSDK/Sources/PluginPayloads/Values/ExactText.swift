/// A text that equals another one if their bytes are the same, as JSON compares keys.
///
/// Swift's own strings are also equal if they only look alike: "é" as one scalar and as "e" with an accent. Who could
/// reach an entry by another key than a filter looks for would pass the filter.
struct ExactText: Hashable {
    let text: String

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.hasSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { bytes in unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
    }
}

extension String {
    /// Whether two texts are the same bytes.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && self == other && utf8.elementsEqual(other.utf8)
    }
}
