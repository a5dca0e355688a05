/// A private copy of a plugin's file.
package struct StoredFile: Sendable, Equatable {
    /// SHA-256 of the content, in 64 lower-case hexadecimal digits.
    package var digest: String
    /// The absolute path of the copy.
    package var path: String
    /// The very bytes that were hashed and that the copy was made from.
    package var bytes: [UInt8]

    package var size: Int { bytes.count }

    package init(digest: String, path: String, bytes: [UInt8]) {
        (self.digest, self.path, self.bytes) = (digest, path, bytes)
    }
}
