import YAMLTree

/// Finds the word that was probably meant.
enum Suggestion {
    /// `did you mean "priority"?`, or `nil` if no word is near.
    static func hint(for text: String, among words: [String]) -> String? {
        nearest(to: text, among: words).map { "did you mean \($0.quoted)?" }
    }

    /// The nearest word within one change for each three characters; the first of several.
    static func nearest(to text: String, among words: [String]) -> String? {
        let typed = Array(text.lowercased().unicodeScalars)
        guard (1...longestWord).contains(typed.count) else { return nil }
        let allowed = max(1, typed.count / 3)
        return
            words
            .filter { abs($0.unicodeScalars.count - typed.count) <= allowed }
            .map { (word: $0, distance: distance(typed, Array($0.unicodeScalars))) }
            .filter { $0.distance <= allowed }
            .min { $0.distance < $1.distance }?
            .word
    }

    private static let longestWord = 64

    /// How many insertions, removals, replacements and swaps of neighbours lead from one text to the other.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
