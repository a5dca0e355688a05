/// What a block that comes from somebody else may cost.
public struct BlockLimits: Sendable, Hashable {
    /// Bytes of the whole block.
    public var maxBytes: Int

    /// Containers within one another, the outermost counted; more than 128 is never allowed.
    public var maxDepth: Int

    /// Makes limits; the defaults are those of a gateway.
    ///
    /// - Parameters:
    ///   - maxBytes: Bytes of the whole block.
    ///   - maxDepth: Containers within one another.
    public init(maxBytes: Int = 16 << 20, maxDepth: Int = 128) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
    }
}
