/// Why a file of this module cannot be used: what, where and the mend.
package struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
