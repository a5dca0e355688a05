/// Parts of a text that detectors want replaced, resolved together and replaced at once.
///
/// Detectors see the text as it was, in any order, and may claim overlapping parts. The part that begins first wins,
/// then the longer one, then the one that was added first; what overlaps it is dropped whole. Since the new text is made
/// in one go, no place shifts and no replacement is looked at again.
///
/// ```swift
/// var spans = TextSpans<String>()
/// for match in try email.matches(in: text) { spans.add(match.range, tag: "email") }
/// for match in try phone.matches(in: text) { spans.add(match.range, tag: "phone") }
/// let masked = try spans.replacing(in: text) { span, found in "[\(span.tag)]" }
/// ```
public struct TextSpans<Tag: Sendable>: Sendable {
    /// A part of a text, and why it was claimed.
    public struct Element: Sendable {
        /// The part, in bytes of the text.
        public let range: Range<Int>
        /// What the detector attached.
        public let tag: Tag

        @inlinable
        init(range: Range<Int>, tag: Tag) {
            self.range = range
            self.tag = tag
        }
    }

    @usableFromInline var claimed: [Element] = []

    // All is compiled with the type of the tag, so that a text without a claim costs nothing.

    /// Makes an empty collection.
    @inlinable
    public init() {}

    /// Whether nothing was claimed.
    @inlinable public var isEmpty: Bool { claimed.isEmpty }

    /// Claims a part of the text; an empty one, which has nothing to replace, is ignored.
    @inlinable
    public mutating func add(_ range: Range<Int>, tag: Tag) {
        if !range.isEmpty { claimed.append(Element(range: range, tag: tag)) }
    }

    /// The parts that win, from left to right.
    @inlinable public var resolved: [Element] {
        // Detectors that go through a text once claim in order, mostly.
        let isInOrder = zip(claimed, claimed.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
        if isInOrder { return claimed }
        // The sort is stable, so what was added first stays first among equals.
        let ordered = claimed.sorted { left, right in
            (left.range.lowerBound, right.range.upperBound) < (right.range.lowerBound, left.range.upperBound)
        }
        var winners: [Element] = []
        for span in ordered where span.range.lowerBound >= winners.last?.range.upperBound ?? 0 {
            winners.append(span)
        }
        return winners
    }
}

extension TextSpans {
    /// The text with the parts that win replaced.
    ///
    /// - Parameters:
    ///   - text: The text whose parts were claimed.
    ///   - replacement: Gets a part and what the text says there, and answers what to put in its place.
    /// - Returns: The new text, or `nil` if nothing was claimed.
    /// - Throws: ``TextSpanError`` if a part lies outside the text or cuts a character, because it was claimed in
    ///   another text.
    @inlinable
    public func replacing(
        in text: UTF8Span,
        with replacement: (Element, String) -> String
    ) throws(TextSpanError) -> String? {
        if isEmpty { return nil }
        var result = ""
        result.reserveCapacity(text.count)
        var end = 0
        for span in resolved {
            let found = try text.part(span.range)
            result += try text.part(end..<span.range.lowerBound)
            result += replacement(span, found)
            end = span.range.upperBound
        }
        return result + (try text.part(end..<text.count))
    }

    /// The text with the parts that win replaced, or `nil` if nothing was claimed.
    ///
    /// - Throws: ``TextSpanError`` if a part lies outside the text or cuts a character.
    @inlinable
    public func replacing(
        in text: String,
        with replacement: (Element, String) -> String
    ) throws(TextSpanError) -> String? {
        try replacing(in: text.utf8Span, with: replacement)
    }
}

extension UTF8Span {
    @usableFromInline
    func part(_ range: Range<Int>) throws(TextSpanError) -> String {
        guard range.lowerBound >= 0, range.upperBound <= count, isBoundary(range.lowerBound),
            isBoundary(range.upperBound)
        else { throw TextSpanError(range: range, textCount: count) }
        // A part of UTF-8 between two boundaries is UTF-8.
        return String(copying: unsafe UTF8Span(unchecked: span.extracting(range)))
    }

    /// Whether no character is cut at an offset: its byte does not continue one.
    private func isBoundary(_ offset: Int) -> Bool {
        offset == count || span[offset] & 0xC0 != 0x80
    }
}
