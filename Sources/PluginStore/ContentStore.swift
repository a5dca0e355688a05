/// A private directory of copies of plugins, each named after its content: `<sha256>.so`.
///
/// Only these copies are ever mapped, so that what is done to a dropped file cannot reach running code. Each content
/// has its own path, because the dynamic loader takes a path that it knows for the library that it knows. Several
/// processes may use one directory at the same time.
package struct ContentStore: Sendable {
    /// Its absolute path.
    package let directory: String
    /// The largest file that is taken.
    package let sizeLimit: Int

    package static let defaultSizeLimit = 512 << 20

    /// Opens a store, made if it is missing, and clears what dead processes left in it.
    package init(directory: String, sizeLimit: Int = defaultSizeLimit) throws(StoreError) {
        try Directory.make(directory)
        self.directory = try Directory.absolutePath(directory)
        self.sizeLimit = sizeLimit
        try checkPrivate()
        try removeLeftovers()
    }

    /// Copies a file that is trusted into the store, unless an intact copy is there.
    package func ingest(path: String, trust: TrustPolicy = TrustPolicy()) throws(StoreError) -> StoredFile {
        try ingest(path: path, trust: trust) { (source) throws(StoreError) in try source.read() }
    }

    /// Copies a file that is read by a function of the caller, which may be called twice.
    package func ingest(
        path: String,
        trust: TrustPolicy = TrustPolicy(),
        reading: (borrowing SourceFile) throws(StoreError) -> [UInt8]
    ) throws(StoreError) -> StoredFile {
        let bytes = try SourceFile.bytes(of: path, sizeLimit: sizeLimit, trust, reading)
        let digest = ContentDigest.of(bytes)
        try trust.check(bytes, digest: digest, of: path)
        let copy = self.path(of: digest)
        if try !hasIntactCopy(copy, bytes) { try write(bytes, to: copy) }
        return StoredFile(digest: digest, path: copy, bytes: bytes)
    }

    /// Removes the copies that are not kept and were not taken in, by any process, for some time.
    ///
    /// Libraries that are mapped stay intact.
    /// Returns the digests of what was removed, sorted.
    @discardableResult
    package func remove(
        unused kept: Set<String>,
        olderThan age: Duration = .seconds(3600)
    ) throws(StoreError) -> [String] {
        try removeLeftovers()
        var removed: [String] = []
        for name in try Directory.names(in: directory) where name.hasSuffix(".so") {
            let digest = String(name.dropLast(3))
            guard ContentDigest.isDigest(digest), !kept.contains(digest) else { continue }
            guard let status = try FileStatus.of(path(of: digest)), status.changed.age >= age else { continue }
            try Directory.remove(path(of: digest))
            removed.append(digest)
        }
        return removed.sorted()
    }

    private func path(of digest: String) -> String { "\(directory)/\(digest).so" }

    private func checkPrivate() throws(StoreError) {
        guard let status = try FileStatus.of(directory) else { throw .noFile(path: directory) }
        guard status.isDirectory else {
            throw .unfitDirectory(directory, .notADirectory(what: status.kindName))
        }
        guard status.owner == ProcessID.user else {
            throw .unfitDirectory(directory, .owned(by: status.owner, user: ProcessID.user))
        }
        guard status.permissions & 0o022 == 0 else {
            throw .unfitDirectory(directory, .writableByOthers(permissions: status.permissions))
        }
        if let fault = try OwnerRule.ofThisProcess.fault(inDirectory: directory) {
            throw .unfitDirectory(directory, .replaceable(fault))
        }
    }

    /// Whether a copy is there that nobody has tampered with; it then counts as taken in anew.
    private func hasIntactCopy(_ path: String, _ bytes: [UInt8]) throws(StoreError) -> Bool {
        guard try FileStatus.of(path)?.isRegular == true, let copy = try? OpenFile(path, .readInPlace) else {
            return false
        }
        let status = try copy.status()
        guard status.isRegular, status.owner == ProcessID.user, status.links == 1, status.permissions == 0o444 else {
            return false
        }
        guard status.size == bytes.count, try copy.holds(bytes) else { return false }
        try copy.touch()
        return true
    }

    private func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
        let temporary = "\(directory)/\(TemporaryName.next())"
        do throws(StoreError) {
            let file = try OpenFile(temporary, .create)
            try file.write(bytes)
            try Directory.rename(temporary, to: path)
        } catch {
            try? Directory.remove(temporary)
            throw error
        }
    }

    /// Removes what processes left that died while writing.
    ///
    /// A store on a volume that containers share has files of processes whose numbers mean nothing here; files that
    /// were just written are therefore left alone.
    private func removeLeftovers() throws(StoreError) {
        for name in try Directory.names(in: directory) where TemporaryName(name)?.isAbandoned == true {
            let path = "\(directory)/\(name)"
            guard let status = try FileStatus.of(path), status.changed.age > .seconds(60) else { continue }
            try Directory.remove(path)
        }
    }
}

extension OpenFile {
    /// Whether the rest of the file is these bytes.
    fileprivate func holds(_ bytes: [UInt8]) throws(StoreError) -> Bool {
        var rest = bytes[...]
        while true {
            let part = try read(atMost: 1 << 20)
            guard !part.isEmpty else { return rest.isEmpty }
            guard rest.starts(with: part) else { return false }
            rest = rest.dropFirst(part.count)
        }
    }
}
