import CHookgate
public import PluginPayloads

extension BlockValue {
    /// Visits every text in the value, however deep, in the order in which they stand; keys are not visited.
    ///
    /// ```swift
    /// let scratch = MatchScratch()
    /// try payload.forEachString { text, path in
    ///     if try word.isMatch(in: text, using: scratch) { found.append("\(path.text) contains '\(word)'") }
    /// }
    /// ```
    ///
    /// - Parameter body: Gets the text and its place.
    /// - Throws: What `body` throws; then the walk ends.
    public func forEachString<Failure: Error>(
        _ body: (UTF8Span, borrowing StringPath) throws(Failure) -> Void
    ) throws(Failure) {
        defer { extendLifetime(self) }
        unsafe try UnsafeStringWalk.visit(handle, body)
    }

    /// The value with some of its texts changed; everything else, such as the text of numbers and the order of keys,
    /// stays as it is.
    ///
    /// - Parameter transform: Gets a text and its place, and answers the new text, or `nil` to keep it.
    /// - Returns: A block with the changed value, or `nil` if no text changed.
    /// - Throws: What `transform` throws, or `BlockError` if the changed value is too large.
    public func rewritingStrings(
        _ transform: (UTF8Span, borrowing StringPath) throws -> String?
    ) throws -> PayloadBlock? {
        defer { extendLifetime(self) }
        let changes = unsafe try UnsafeStringWalk.changes(in: handle, transform)
        if changes.isEmpty { return nil }
        var builder = unsafe hg_builder()
        unsafe hg_builder_init(&builder, hg_grow_by_realloc, nil, 1024)
        defer { unsafe hg_builder_release(&builder) }
        unsafe UnsafeStringWalk.copy(handle, with: changes, into: &builder)
        guard let block = unsafe hg_finish(&builder) else {
            throw BlockError("the changed value does not fit a block: it is larger than 4 GiB, or memory is short")
        }
        unsafe builder.bytes = nil  // now the block's
        return unsafe PayloadBlock(unsafeAdopting: block)
    }
}
