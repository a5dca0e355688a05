/// Finds one text in others, in time linear in their lengths whatever they are (Knuth, Morris and Pratt).
struct TextSearch {
    private let pattern: [UInt8]

    /// For each length of a matched beginning, the length of the longest shorter beginning that it ends with.
    private let fallback: [Int]

    init(for text: String) {
        let pattern = Array(text.utf8)
        var fallback = [0]
        var matched = 0
        for byte in pattern.dropFirst() {
            while matched > 0, pattern[matched] != byte { matched = fallback[matched - 1] }
            if pattern[matched] == byte { matched += 1 }
            fallback.append(matched)
        }
        self.pattern = pattern
        self.fallback = fallback
    }

    /// The end of the first place from an offset on; an empty text is everywhere.
    func firstEnd(in bytes: [UInt8], from offset: Int = 0) -> Int? {
        guard !pattern.isEmpty else { return offset }
        var matched = 0
        for index in offset..<bytes.count {
            while matched > 0, pattern[matched] != bytes[index] { matched = fallback[matched - 1] }
            if pattern[matched] == bytes[index] { matched += 1 }
            if matched == pattern.count { return index + 1 }
        }
        return nil
    }
}
