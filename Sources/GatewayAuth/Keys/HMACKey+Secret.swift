import JWTKit

extension HMACKey {
    /// The key for HS256 that a secret is.
    ///
    /// Zero bytes after it change no signature, as long as there are 64 bytes at most (RFC 2104, section 2). JWTKit wants
    /// no key shorter than a digest, and a short secret deserves a warning, not the end of the gateway.
    init(secret: String) {
        let bytes = Array(secret.utf8)
        self.init(from: bytes + Array(repeating: 0, count: max(0, 32 - bytes.count)))
    }
}
