extension String {
    /// The text itself, or its beginning of at most so many bytes.
    func prefix(bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(unicodeScalars[..<end])
    }

    /// The same, with a mark where something is missing.
    func cut(to bytes: Int) -> String { utf8.count > bytes ? prefix(bytes: bytes) + "…" : self }
}
