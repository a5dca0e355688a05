extension String {
    /// The beginning of the text with an ellipsis behind it, both together of no more than a number of Unicode scalars.
    ///
    /// What a reader sees as one character, such as an emoji of several scalars, is kept whole or left out.
    package func shortened(to limit: Int, ellipsis: String) -> String {
        var room = limit - ellipsis.unicodeScalars.count
        var end = startIndex
        while end < endIndex {
            let next = index(after: end)
            room -= unicodeScalars.distance(from: end, to: next)
            if room < 0 { break }
            end = next
        }
        return self[..<end] + ellipsis
    }

    /// Whether the text has more than a number of Unicode scalars; most texts need no counting.
    func isLonger(than limit: Int) -> Bool {
        utf8.count > limit && unicodeScalars.count > limit
    }
}
