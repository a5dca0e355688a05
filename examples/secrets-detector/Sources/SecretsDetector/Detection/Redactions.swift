/// Where a text has what an earlier look has put in.
struct Redactions {
    /// In their order, none overlapping another.
    private let ranges: [Range<Int>]

    init(_ ranges: [Range<Int>]) {
        self.ranges = ranges
    }

    /// What is left of a part of the text when they are taken away.
    func remainder(of range: Range<Int>) -> [Range<Int>] {
        var left: [Range<Int>] = []
        var start = range.lowerBound
        for redaction in ranges[firstIndex(endingBehind: start)...] {
            if redaction.lowerBound >= range.upperBound { break }
            if redaction.lowerBound > start { left.append(start..<redaction.lowerBound) }
            start = redaction.upperBound
        }
        if start < range.upperBound { left.append(start..<range.upperBound) }
        return left
    }

    /// Found by halving: a text may have thousands.
    private func firstIndex(endingBehind place: Int) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
