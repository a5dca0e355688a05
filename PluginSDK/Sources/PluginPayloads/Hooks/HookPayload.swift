/// What a hook is given.
public protocol HookPayload: Sendable {
    /// What a plugin answers to change it: for most hooks the payload itself.
    associatedtype Modified: HookReply = Self

    /// Makes a payload of the block that a hook is called with.
    ///
    /// - Throws: ``BlockError`` if the block holds something else.
    init(block: PayloadBlock) throws(BlockError)
}

/// What a hook answers to change a payload.
public protocol HookReply: Sendable {
    /// Writes an object of the top-level fields to replace.
    ///
    /// An absent field is left as it was; `null` makes it null.
    func write(to writer: inout BlockWriter)
}
