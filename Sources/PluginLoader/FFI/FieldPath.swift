/// The way to a field of a payload: the keys of nested objects, written with dots (`args.user.name`).
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// The keys from the payload's root to the field; at least one.
    package let keys: [String]

    /// Makes a path from its keys.
    package init(_ first: String, _ others: String...) {
        self.keys = [first] + others
    }

    /// Reads a dotted path; `nil` if a key is empty.
    init?(dotted text: String) {
        let keys = text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard !keys.contains("") else { return nil }
        self.keys = keys
    }

    /// The dotted form.
    package var description: String { keys.joined(separator: ".") }
}
