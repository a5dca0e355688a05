/// Why a URI or a host cannot be understood.
package struct URIProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a sentence without its full stop.
    package let description: String

    /// Makes a problem.
    package init(_ description: String) {
        self.description = description
    }
}
