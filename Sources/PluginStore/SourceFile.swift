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

    /// The content of a file that nobody changes meanwhile, and that only those can change whom the policy trusts.
    ///
    /// The function of the caller may be called again.
    static func bytes(
        of path: String,
        sizeLimit: Int,
        _ trust: TrustPolicy,
        _ reading: (borrowing SourceFile) throws(StoreError) -> [UInt8]
    ) throws(StoreError) -> [UInt8] {
        var (writes, replacements) = (0, 0)
        while writes < maxWrites, replacements < maxReplacements {
            let source = try SourceFile(path, sizeLimit: sizeLimit)
            let wasInPlace = trust.checksOwners ? try source.checkOwners() : true
            let bytes = try reading(source)
            let isUnchanged = try source.isUnchanged(after: bytes)
            let isInPlace = try source.isFile(at: path)
            if isUnchanged, wasInPlace, isInPlace { return bytes }
            if isUnchanged { replacements += 1 } else { writes += 1 }
        }
        throw .beingWritten(path: path)
    }

    /// How often a file may be found changed: a copy takes long.
    private static let maxWrites = 2
    /// How often another one may be found in its place: to rename one is quick, and right.
    private static let maxReplacements = 16

    /// The content, as far as the size that the file had when it was opened, and one byte more if it has grown.
    package func read() throws(StoreError) -> [UInt8] {
        try file.read(atMost: status.size + 1)
    }

    /// Checks who can change the open file, or put another one in its place.
    ///
    /// - Returns: `false` if somebody did meanwhile.
    private func checkOwners() throws(StoreError) -> Bool {
        let rule = OwnerRule.ofThisProcess
        let status = try file.status()
        // Also of a link: whoever may put one beside it decides what is found there.
        let parent = try Directory.absolutePath(path.contains("/") ? Directory.above(path).last ?? "/" : ".")
        let real = try Directory.absolutePath(path)
        var fault = rule.fault(of: status, .file, at: path)
        if fault == nil { fault = try rule.fault(inDirectory: parent) }
        if fault == nil { fault = try rule.fault(onWayTo: real) }
        if let fault { throw .untrusted(path: path, fault) }
        return try isFile(at: real)
    }

    /// Checks that nobody else can read what is ours.
    func checkPrivate() throws(StoreError) {
        let status = try file.status()
        guard status.owner != ProcessID.user || status.permissions & 0o077 == 0 else {
            throw .openKey(path: path, permissions: status.permissions)
        }
    }

    /// Whether nobody has changed the file since it was opened, as far as its size and times tell.
    private func isUnchanged(after bytes: [UInt8]) throws(StoreError) -> Bool {
        let now = try file.status()
        return bytes.count == status.size && now.size == status.size && now.changed == status.changed
    }

    /// Whether the open file is still the one that a path leads to.
    private func isFile(at path: String) throws(StoreError) -> Bool {
        let named = try FileStatus.of(path)
        return named?.device == status.device && named?.inode == status.inode
    }
}
