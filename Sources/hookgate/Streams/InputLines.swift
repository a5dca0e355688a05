/// The lines of standard input, as bytes: whether they are UTF-8 is for their reader to say.
struct InputLines {
    private var rest: [UInt8] = []
    private var hasEnded = false

    /// The next line, without its end; `nil` after the last one.
    mutating func next() -> [UInt8]? {
        var searched = 0
        while true {
            if let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { rest.removeFirst(end + 1) }
                return Array(rest[..<end])
            }
            searched = rest.count
            let bytes = hasEnded ? [] : Descriptor.read(0)
            guard bytes.isEmpty else {
                rest += bytes
                continue
            }
            hasEnded = true
            defer { rest = [] }
            return rest.isEmpty ? nil : rest
        }
    }
}
