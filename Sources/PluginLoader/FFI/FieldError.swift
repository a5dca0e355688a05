/// Why a field of a payload cannot be what the signature says.
package struct FieldError: Error, Hashable, CustomStringConvertible {
    /// Names the field, says what it is, and what it should be.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
