/// Why a block was refused or could not be made.
public struct BlockError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and where: "the key at byte 48 is not UTF-8".
    public let description: String

    /// Makes an error with its text.
    public init(_ description: String) {
        self.description = description
    }
}
