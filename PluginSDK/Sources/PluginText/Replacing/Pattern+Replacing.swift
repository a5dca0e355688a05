extension Pattern {
    /// The text with every match replaced, as by Python's `re.sub`.
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - replacement: What takes the place of each match; made for this pattern.
    ///   - scratch: Working memory.
    /// - Returns: The new text, or `nil` if the pattern was not found.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func replaceAll(
        in text: UTF8Span,
        with replacement: Replacement,
        using scratch: borrowing MatchScratch
    ) throws(PatternError) -> String? {
        try withCursor(over: text, using: scratch) { cursor throws(MatchFailure) in
            guard var match = try cursor.next() else { return nil }
            var result: [UInt8] = []
            result.reserveCapacity(text.count + 32)
            var end = 0
            while true {
                cursor.append(end..<match.lowerBound, to: &result)
                replacement.append(to: &result, match: match, cursor, groupCount: groupCount)
                end = match.upperBound
                guard let next = try cursor.next() else { break }
                match = next
            }
            cursor.append(end..<text.count, to: &result)
            return String(decoding: result, as: UTF8.self)
        }
    }

    /// The text with every match replaced, as by Python's `re.sub`.
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - replacement: What takes the place of each match; made for this pattern.
    /// - Returns: The new text, or `nil` if the pattern was not found.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func replaceAll(in text: String, with replacement: Replacement) throws(PatternError) -> String? {
        try replaceAll(in: text.utf8Span, with: replacement, using: MatchScratch())
    }
}

extension Replacement {
    /// Appends what takes the place of one match; a group that the pattern lacks is empty.
    func append(to result: inout [UInt8], match: Range<Int>, _ cursor: borrowing MatchCursor, groupCount: Int) {
        for piece in pieces {
            switch piece {
            case .text(let bytes): result.append(contentsOf: bytes)
            case .group(0): cursor.append(match, to: &result)
            case .group(let number):
                if number <= groupCount, let range = cursor.group(number) { cursor.append(range, to: &result) }
            }
        }
    }
}
