/// Why a plugin cannot be loaded, and how to mend it.
package struct LoadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened, where, and the mend.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
