/// A part that does not belong to the text it should be replaced in.
public struct TextSpanError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The part, in bytes.
    public let range: Range<Int>
    /// Bytes of the text.
    public let textCount: Int

    /// What is wrong and the mend.
    public var description: String {
        "bytes \(range.lowerBound)..<\(range.upperBound) are no whole characters of a text of \(textCount) bytes; "
            + "replace in the text that the detectors saw"
    }
}
