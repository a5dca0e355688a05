/// A YAML text as a tree in which every key and value knows its place.
///
/// Reading goes on after a mistake that leaves the structure clear, such as a duplicate key, so that one run reports all of them.
package struct YAMLDocument: Sendable {
    /// The name to show in messages.
    package let file: String
    package let source: SourceText
    /// The tree, or `nil` if the text could not be read to its end.
    ///
    /// An empty text is null, as YAML has it.
    package let root: YAMLNode?
    /// All mistakes, in the order of the file; the tree is only to be used when there are none.
    package let errors: [YAMLError]

    package init(file: String, bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) {
        self.file = file
        self.source = SourceText(bytes: bytes.count > limits.bytes ? [] : bytes)
        if let error = limits.error(in: source, byteCount: bytes.count) {
            self.root = nil
            self.errors = [error]
        } else {
            var builder = YAMLTreeBuilder(source: source, limits: limits)
            self.root = builder.build()
            self.errors = builder.errors.sorted { $0.position < $1.position }
        }
    }
}
