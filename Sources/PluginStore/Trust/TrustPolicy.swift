/// Which files are trusted.
package struct TrustPolicy: Sendable, Hashable {
    /// Whether root and this process's user have to be the only ones who can change a file.
    package var checksOwners: Bool
    /// The SHA-256 of all contents that are taken, in lower-case hexadecimal digits; `nil` for any content.
    package var digests: Set<String>?
    /// Those of whom one has to have signed the content; `nil` for content that nobody has.
    package var keys: [VerifyingKey]?

    package init(checksOwners: Bool = true, digests: Set<String>? = nil, keys: [VerifyingKey]? = nil) {
        self.checksOwners = checksOwners
        self.digests = digests
        self.keys = keys
    }

    /// Whether contents have to be known: then nothing counts that is said of a file beside it.
    package var asksForContent: Bool { digests != nil || keys != nil }

    /// The same, with any content: for what the system's own packages have installed.
    package var withAnyContent: TrustPolicy { TrustPolicy(checksOwners: checksOwners) }

    /// The content of a file whose owners are trusted, read once.
    ///
    /// - Throws: Why it is not trusted, or cannot be read.
    package func bytes(of path: String, limit: Int = ContentStore.defaultSizeLimit) throws(StoreError) -> [UInt8] {
        try SourceFile.bytes(of: path, sizeLimit: limit, self) { (source) throws(StoreError) in try source.read() }
    }

    /// Checks that only those can put files into a directory who are trusted.
    ///
    /// - Parameter directory: The directory, which is there.
    /// - Throws: Why it is not trusted.
    package func check(directory: String) throws(StoreError) {
        guard checksOwners, let fault = try OwnerRule.ofThisProcess.fault(inDirectory: directory) else { return }
        throw .untrusted(path: directory, fault)
    }

    /// Checks a content as the store does that would take it.
    ///
    /// - Throws: Why it is not trusted.
    package func check(_ bytes: [UInt8], of path: String) throws(StoreError) {
        try check(bytes, digest: ContentDigest.of(bytes), of: path)
    }

    /// All rules that are given have to hold.
    func check(_ bytes: [UInt8], digest: String, of path: String) throws(StoreError) {
        if let digests, !digests.contains(digest) { throw .untrusted(path: path, .unlistedDigest(digest)) }
        if let keys { _ = try Signature.beside(path).verify(bytes, of: path, by: keys) }
    }
}
