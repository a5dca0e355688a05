/// What `trust` says about the plugin files that are taken, with the defaults for what it leaves out.
package struct TrustSettings: Sendable, Equatable {
    /// Whether only root and the user of the process may be able to change a file and the directories above it.
    package var checkOwner = true
    /// The contents that are taken, if any others are refused.
    package var digests: [TrustedDigest]?
    /// Keys, or the files of keys, of which one has to have signed a file, if any others are refused.
    package var publicKeys: [Located<String>]?

    package init() {}
}

/// One content that is trusted.
package struct TrustedDigest: Sendable, Equatable {
    /// SHA-256, in 64 lower-case hexadecimal digits.
    package let sha256: String
    /// What a person calls it.
    package let name: String?
    package let comment: String?

    package init(sha256: String, name: String? = nil, comment: String? = nil) {
        self.sha256 = sha256
        self.name = name
        self.comment = comment
    }
}
