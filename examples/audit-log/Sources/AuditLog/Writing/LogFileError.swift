import Glibc

/// Why a line could not be written.
package struct LogFileError: Error, Hashable, CustomStringConvertible {
    /// What was tried.
    package enum Operation: String, Sendable {
        case open
        case write
    }

    package let operation: Operation
    package let path: String
    /// The system's error; `nil` for a file that is none to write lines to.
    package let code: Int32?

    package init(_ operation: Operation, _ path: String, code: Int32?) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// What is wrong, where, and the mend.
    package var description: String {
        guard let code else {
            return "cannot open \(path): it is no regular file; name one, or one that is not there yet"
        }
        let preposition = operation == .write ? "write to" : "open"
        let mend = Self.mend(code).map { "; \($0)" } ?? ""
        return "cannot \(preposition) \(path): \(String(cString: strerror(code)))\(mend)"
    }

    private static func mend(_ code: Int32) -> String? {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: "make room there"
        case ELOOP: "it is a symbolic link: name the file itself"
        case EACCES, EPERM, EROFS: "allow the user that runs the gateway to write there"
        case ENOENT, ENOTDIR: "make the folder first"
        default: nil
        }
    }
}
