import GatewayCore
import PluginPayloads

/// The three parts of a token in compact form (RFC 7515, 3.1), of which nothing is believed yet.
struct TokenParts {
    /// How it says to be signed.
    let algorithm: String
    /// The key that it says to be signed with.
    let keyID: String?
    let claims: BlockValue
    /// What is signed: the first two parts as they were sent.
    let signed: ArraySlice<UInt8>
    let signature: [UInt8]

    /// A longer one is nobody's; the server's limit of headers may be wider.
    private static let maxBytes = 8_192
    private static let limits = JSONLimits(maxBytes: maxBytes, maxDepth: 16, maxNodes: 1_024)

    init(_ token: String) throws(TokenRefusal) {
        let bytes = Array(token.utf8)
        guard bytes.count <= Self.maxBytes else { throw .invalid }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64URL.decode(parts[2]) else { throw .invalid }
        let header = try Self.object(parts[0])
        // An extension that has to be understood, and none is (RFC 7515, 4.1.11).
        guard header["crit"] == nil, let algorithm = header["alg"]?.string else { throw .invalid }
        if let keyID = header["kid"], keyID.string == nil { throw .invalid }
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        claims = try Self.object(parts[1])
        signed = bytes[..<parts[1].endIndex]
        self.signature = signature
    }

    private static func object(_ part: ArraySlice<UInt8>) throws(TokenRefusal) -> BlockValue {
        guard let text = Base64URL.decode(part), let block = try? PayloadBlock(json: text, limits: limits),
            block.root.isObject
        else { throw .invalid }
        return block.root
    }
}
