package import YAMLTree

/// A value and where it stands in the configuration file.
package struct Located<Value: Sendable>: Sendable {
    package let value: Value
    package let position: SourcePosition

    package init(_ value: Value, at position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

extension Located: Equatable where Value: Equatable {}
