/// What a JSON text may cost.
public struct JSONLimits: Sendable, Hashable {
    /// Bytes of the text; more than 4 GiB is never allowed.
    public var maxBytes: Int

    /// Containers within one another, the outermost counted; more than 128 is never allowed.
    public var maxDepth: Int

    /// Values, each key counted as one; a block takes 16 bytes for each.
    public var maxNodes: Int

    /// Makes limits; the defaults are those of a gateway.
    ///
    /// - Parameters:
    ///   - maxBytes: Bytes of the text.
    ///   - maxDepth: Containers within one another.
    ///   - maxNodes: Values, each key counted as one.
    public init(maxBytes: Int = 16 << 20, maxDepth: Int = 128, maxNodes: Int = 1 << 20) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
        self.maxNodes = maxNodes
    }
}
