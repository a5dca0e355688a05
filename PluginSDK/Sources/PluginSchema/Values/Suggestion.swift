/// Finds what somebody who mistyped a name may have meant.
enum Suggestion {
    private static let longestName = 64

    /// The name that differs least, and in no more than a third of its letters.
    static func name(for wrong: String, among names: some Sequence<String>) -> String? {
        let letters = Array(wrong.lowercased())
        guard letters.count <= longestName else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let candidate = Array(name.lowercased())
            let allowed = max(1, min(letters.count, candidate.count) / 3)
            guard abs(candidate.count - letters.count) <= allowed else { continue }
            let distance = distance(from: letters, to: candidate)
            if distance <= allowed, distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name
    }

    /// Letters to insert, delete or replace.
    private static func distance(from left: [Character], to right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
