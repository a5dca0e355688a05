/// Why a file is not in the store, and what mends it.
package enum StoreError: Error, Equatable {
    case unfitDirectory(String, DirectoryFault)
    case noFile(path: String)
    /// The text says what it is: "a directory", "a named pipe".
    case notRegular(path: String, what: String)
    case empty(path: String)
    case tooLarge(path: String, size: Int, limit: Int)
    case beingWritten(path: String)
    case untrusted(path: String, TrustFault)
    /// A key that cannot be used; the path is its file, or where it stands.
    case badKey(path: String, reason: String)
    /// A private key that others can read.
    case openKey(path: String, permissions: UInt32)
    /// A call of the system failed; the operation is a word such as "open".
    case system(operation: String, path: String, number: Int32)

    /// Why a directory cannot keep private copies.
    package enum DirectoryFault: Sendable, Equatable {
        case notADirectory(what: String)
        case owned(by: UInt32, user: UInt32)
        case writableByOthers(permissions: UInt32)
        /// Others could put another one in its place.
        case replaceable(TrustFault)
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unfitDirectory(let path, let fault):
            "\(path): cannot keep the private copies of plugins: \(fault)"
        case .noFile(let path): "\(path): there is no such file; correct the path, or put the file there"
        case .notRegular(let path, let what): "\(path): it is \(what), not a file; name the plugin's .so file"
        case .empty(let path): "\(path): the file is empty; copy it again under another name, then rename it"
        case .tooLarge(let path, let size, let limit):
            "\(path): its \(size) bytes are more than the limit of \(limit); strip its debug information"
        case .beingWritten(let path): "\(path): it is being written; copy it under another name, then rename it"
        case .untrusted(let path, let fault): "\(path): \(fault.text(of: path))"
        case .badKey(let path, let reason): "\(path): not a key that can be used: \(reason)"
        case .openKey(let path, let permissions):
            "\(path): a private key that others can read (mode \(String(permissions, radix: 8))): chmod 600 \(path)"
        case .system(let operation, let path, let number):
            "\(path): cannot \(operation): \(systemText(of: number))\(Self.mend(for: number))"
        }
    }

    private static func mend(for number: Int32) -> String {
        switch SystemFailure(number) {
        case .forbidden: "; give this process's user the right to do so"
        case .noSpace: "; free space there, or configure another directory"
        case .readOnly: "; configure another directory"
        case .exists: "; it is not overwritten: choose another name"
        case .tooManyFiles: "; raise the limit of open files (ulimit -n)"
        case .other: ""
        }
    }
}

extension StoreError.DirectoryFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notADirectory(let what): "it is \(what); configure a directory"
        case .owned(let owner, let user):
            "it belongs to user \(owner), but this process runs as user \(user); configure a directory of its own"
        case .writableByOthers(let permissions):
            "its mode \(String(permissions, radix: 8)) lets other users write into it; run chmod 700 on it"
        case .replaceable(let fault): fault.text(ofPlace: "")
        }
    }
}
