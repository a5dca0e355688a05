/// The file `quarantine.json`: what plugins have done, also read and changed by commands while a gateway runs.
package struct QuarantineFile: Sendable {
    package let path: String

    /// More than the largest record takes.
    private static let maxBytes = 16 << 20

    package init(_ path: String) {
        self.path = path
    }

    /// Checks that this process runs as the user whose directory the file is in.
    ///
    /// Root may do everything there, but what it makes is its own, and the gateway could not change that any more.
    package func checkUser() throws(JournalError) {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try PrivateFile.checkOwner(ofDirectory: parent.isEmpty ? "/" : parent)
    }

    /// Reads the record; there is nothing in a file that is not there.
    ///
    /// - Returns: The record of what makes sense, and what of the content does not.
    /// - Throws: Why the content is not known.
    package func read() throws(JournalError) -> (record: QuarantineRecord, problem: String?) {
        guard let file = try PrivateFile(path, .read) else { return (QuarantineRecord(), nil) }
        let bytes = try file.read(atMost: Self.maxBytes)
        let (record, problem) = QuarantineRecord.reading(String(decoding: bytes, as: UTF8.self))
        return (record, problem.map { "\(path): \($0)" })
    }

    /// Changes the record, with the file replaced whole, so that nobody ever sees half of it.
    ///
    /// A file whose content is damaged is kept beside the new one. One that cannot be read stays where it is.
    ///
    /// - Returns: What the change returns, and what was wrong with the content.
    /// - Throws: Why the file cannot be read or replaced.
    package func update<Value>(
        _ change: (inout QuarantineRecord) -> Value
    ) throws(JournalError) -> (value: Value, problem: String?) {
        // Commands and gateways take turns at a file that is never replaced.
        guard let lock = try PrivateFile(path + ".lock", .keep), lock.lock(waits: true) else {
            throw JournalError("\(path).lock: cannot be locked")
        }
        var (record, problem) = try read()
        let before = record
        let value = change(&record)
        if let found = problem {
            let kept = path + ".damaged"
            try PrivateFile.rename(path, to: kept)
            problem = "\(found); it is kept as \(kept)"
        }
        if record != before || problem != nil { try replace(by: record) }
        return (value, problem)
    }

    private func replace(by record: QuarantineRecord) throws(JournalError) {
        let new = path + ".new"
        guard let file = try PrivateFile(new, .replace) else { throw JournalError("\(new): cannot be made") }
        try file.write(Array(record.text.utf8))
        try PrivateFile.rename(new, to: path)
    }
}
