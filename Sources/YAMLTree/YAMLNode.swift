/// A value of a YAML document and where it begins.
///
/// What an alias stands for bears the position of the anchored original: that is the place to mend.
package struct YAMLNode: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package let content: Content
    package let position: SourcePosition

    package init(_ content: Content, at position: SourcePosition) {
        self.content = content
        self.position = position
    }

    /// How many levels the tree below and including this node has.
    var height: Int {
        switch content {
        case .scalar: 1
        case .sequence(let elements): 1 + (elements.lazy.map(\.height).max() ?? 0)
        case .mapping(let entries): 1 + (entries.lazy.map(\.value.height).max() ?? 0)
        }
    }
}

/// A key of a mapping and its value; keys are unique within their mapping.
package struct YAMLEntry: Sendable, Equatable {
    package let key: String
    package let keyPosition: SourcePosition
    package let value: YAMLNode

    package init(key: String, keyPosition: SourcePosition, value: YAMLNode) {
        self.key = key
        self.keyPosition = keyPosition
        self.value = value
    }
}
