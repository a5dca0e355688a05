/// A dropped file that is being read.
package struct SourceFile: ~Copyable {
    package let path: String
    private let file: OpenFile
    private let status: FileStatus

    /// Opens a file that is fit for the store, following symbolic links.
    init(_ path: String, sizeLimit: Int) throws(StoreError) {
        // Asked before it is opened: opening a device may have effects.
        guard let found = try FileStatus.of(path) else { throw .noFile(path: path) }
        guard found.isRegular else { throw .notRegular(path: path, what: found.kindName) }
        let file = try OpenFile(path, .read)
        let status = try file.status()
        guard status.isRegular else { throw .notRegular(path: path, what: status.kindName) }
        guard status.size > 0 else { throw .empty(path: path) }
        guard status.size <= sizeLimit else { throw .tooLarge(path: path, size: status.size, limit: sizeLimit) }
        self.path = path
        self.file = file
        self.status = status
    }

    /// The content, as far as the size that the file had when it was opened, and one byte more if it has grown.
    package func read() throws(StoreError) -> [UInt8] {
        try file.read(atMost: status.size + 1)
    }

    /// Whether nobody has changed or replaced the file since it was opened, as far as its size and times tell.
    func isUnchanged(after bytes: [UInt8]) throws(StoreError) -> Bool {
        let now = try file.status()
        guard bytes.count == status.size, now.size == status.size, now.changed == status.changed else { return false }
        let named = try FileStatus.of(path)
        return named?.device == status.device && named?.inode == status.inode
    }
}
