public import PluginPayloads

/// How large a value may be for whoever reads all of its texts.
public struct ValueLimits: Sendable, Hashable {
    /// Steps from the value to what lies deepest in it; 0 allows no container.
    public var depth: Int
    /// Elements or entries of one container.
    public var items: Int
    /// Bytes of one text.
    public var textBytes: Int

    /// Sets the limits.
    public init(depth: Int, items: Int, textBytes: Int) {
        self.depth = depth
        self.items = items
        self.textBytes = textBytes
    }
}

/// Which limit a value exceeds.
///
/// It says nothing of the value's contents.
public enum ValueLimitError: Error, Sendable, Hashable {
    /// A value lies deeper than allowed.
    case depth(limit: Int)
    /// A container has more elements or entries than allowed.
    case items(Int, limit: Int)
    /// A text has more bytes than allowed.
    case textBytes(Int, limit: Int)
}

extension ValueLimitError: CustomStringConvertible {
    /// What is too large, and by how much.
    public var description: String {
        switch self {
        case .depth(let limit): "a value nests deeper than \(limit) containers"
        case .items(let count, let limit): "a container has \(count) values, more than \(limit)"
        case .textBytes(let count, let limit): "a text has \(count) bytes, more than \(limit)"
        }
    }
}

extension BlockValue {
    /// Checks the value, and all that is in it, before its texts are read; keys are not checked.
    ///
    /// - Throws: ``ValueLimitError`` for the first limit that is exceeded.
    public func check(_ limits: ValueLimits) throws(ValueLimitError) {
        defer { extendLifetime(self) }
        unsafe try UnsafeStringWalk.check(handle, limits, depth: 0)
    }
}
