import CHookgate
import PluginPayloads

extension FieldReplacement {
    /// The reply of a hook: an object of the one top-level field that changes.
    ///
    /// - Parameter payload: The payload that the function was called with.
    /// - Returns: The reply.
    /// - Throws: Which object on the way to the field is missing, or that the reply does not fit into a block.
    func reply(to payload: PayloadBlock) throws(FieldError) -> PayloadBlock {
        var builder = unsafe hg_builder()
        unsafe hg_builder_init(&builder, hg_grow_by_realloc, nil, payload.size + text.utf8.count)
        defer { unsafe hg_builder_release(&builder) }
        try unsafe addReply(to: payload.unsafeBlock, in: &builder)
        guard let block = unsafe hg_finish(&builder) else { throw FieldError("the reply does not fit into a block") }
        // The block now owns the builder's memory.
        unsafe builder.bytes = nil
        return unsafe PayloadBlock(unsafeAdopting: block)
    }
}
