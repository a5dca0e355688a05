/// Where a pattern was found, in bytes of the text.
public struct Match: Sendable, Hashable {
    /// The place of the whole match.
    public let range: Range<Int>
    /// The places of the capturing groups, the first being group 1; `nil` for a group that took no part in the match.
    public let groups: [Range<Int>?]

    /// Makes a match of its places.
    public init(range: Range<Int>, groups: [Range<Int>?] = []) {
        self.range = range
        self.groups = groups
    }
}

extension Match {
    init(_ range: Range<Int>, _ cursor: borrowing MatchCursor, groupCount: Int) {
        var groups: [Range<Int>?] = []
        for number in 0..<groupCount { groups.append(cursor.group(number + 1)) }
        self.init(range: range, groups: groups)
    }
}
