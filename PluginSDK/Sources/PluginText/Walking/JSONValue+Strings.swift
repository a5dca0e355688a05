public import PluginPayloads

extension JSONValue {
    /// Visits every text in the value, however deep, in the order in which they stand; keys are not visited.
    ///
    /// - Parameter body: Gets the text and its place.
    /// - Throws: What `body` throws; then the walk ends.
    public func forEachString<Failure: Error>(
        _ body: (UTF8Span, borrowing StringPath) throws(Failure) -> Void
    ) throws(Failure) {
        try ValueWalk().visit(self, body)
    }

    /// The value with some of its texts changed.
    ///
    /// - Parameter transform: Gets a text and its place, and answers the new text, or `nil` to keep it.
    /// - Returns: The changed value, or `nil` if no text changed.
    /// - Throws: What `transform` throws.
    public func rewritingStrings<Failure: Error>(
        _ transform: (UTF8Span, borrowing StringPath) throws(Failure) -> String?
    ) throws(Failure) -> JSONValue? {
        try ValueWalk().rewrite(self, transform)
    }
}
