/// Why a gateway does not start, or a command does not do its work: what, where and the mend.
package struct GatewayFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
