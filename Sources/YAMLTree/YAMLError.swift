/// Why a text is not a YAML document that we accept.
package struct YAMLError: Error, Sendable, Equatable {
    package enum Code: Sendable, Equatable {
        case syntax
        case encoding
        case limit
        case secondDocument
        case duplicateKey
        case mergeKey
        case collectionAsKey
        case unknownAlias
        case tag
    }

    package let code: Code
    package let position: SourcePosition
    package let message: String
    package let hint: String?

    init(_ code: Code, at position: SourcePosition, _ message: String, hint: String? = nil) {
        self.code = code
        self.position = position
        self.message = message
        self.hint = hint
    }
}
