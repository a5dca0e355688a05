extension String {
    /// The text with every occurrence of one part replaced by another.
    package func replacing(_ part: String, with replacement: String) -> String {
        var result: [UInt8] = []
        var rest = Array(utf8)[...]
        let part = Array(part.utf8)
        while !rest.isEmpty {
            if rest.starts(with: part) {
                result += Array(replacement.utf8)
                rest = rest.dropFirst(part.count)
            } else if let byte = rest.popFirst() {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
