import CJournal
import Glibc

/// The file of a crash journal, taken for this process, with what an earlier process left in it.
package struct JournalFile: ~Copyable {
    package let remains: JournalRemains
    fileprivate let file: PrivateFile

    /// Opens the file, or makes it, and reads it.
    ///
    /// - Throws: Why it cannot be used.
    package init(_ path: String) throws(JournalError) {
        guard let file = try PrivateFile(path, .keep) else { throw JournalError("\(path): cannot be made") }
        guard file.lock(waits: false) else {
            throw JournalError("\(path): another process has it in use; give each process a journal of its own")
        }
        remains = JournalRemains(reading: try file.read(atMost: HOOKGATE_JOURNAL_SIZE + 1))
        self.file = file
    }

    /// Forgets what is in the file, and begins the journal of this process.
    package consuming func begin() throws(JournalError) -> CrashJournal {
        try CrashJournal(self)
    }
}

/// The crash journal of this process, of which there is one at a time.
///
/// Calls of plugins are noted in it by their handlers; see `JournalMark`.
package final class CrashJournal: Sendable {
    /// Keeps the file locked.
    private let file: PrivateFile

    fileprivate init(_ opened: consuming JournalFile) throws(JournalError) {
        let file = opened.file
        let problem = hookgate_journal_begin(file.descriptor)
        guard problem == 0 else {
            let reason =
                problem == EBUSY
                ? "this process has another one; a process can have one runtime with a crash journal"
                : PrivateFile.text(problem)
            throw JournalError("\(file.path): the crash journal cannot begin: \(reason)")
        }
        self.file = file
    }

    /// The number of a plugin in this journal; 0 if there is no room, and its calls are not noted.
    package func number(ofPlugin name: String, digest: String) -> UInt32 {
        unsafe hookgate_journal_plugin(digest, name)
    }

    /// Threads whose calls are not noted, because too many had been there before them.
    package var unmarkedThreads: UInt64 { hookgate_journal_unmarked() }

    /// Notes that the process ends in order, or needs no journal any more.
    package func end() {
        hookgate_journal_end()
        file.unlock()
    }
}
