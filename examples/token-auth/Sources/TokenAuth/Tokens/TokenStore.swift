/// The tokens that are known.
struct TokenStore: Sendable {
    /// What becomes of a token.
    enum Verdict {
        case valid(TokenRecord)
        case unknown, expired, revoked
    }

    private let records: [TokenRecord]

    /// A longer token is not even hashed.
    private static let longestToken = 4096

    init(_ records: [TokenRecord]) {
        self.records = records
    }

    /// Looks a token up.
    func verdict(on token: String, at second: Int) -> Verdict {
        guard let record = record(of: token) else { return .unknown }
        if record.isRevoked { return .revoked }
        if let expires = record.expires, second >= expires { return .expired }
        return .valid(record)
    }

    /// The record with an identifier.
    func record(identifiedBy identifier: String) -> TokenRecord? {
        records.first { $0.identifier == identifier }
    }

    /// Compares with all records to the last byte, so that the time says nothing about what is nearly right.
    private func record(of token: String) -> TokenRecord? {
        guard token.utf8.count <= Self.longestToken else { return nil }
        let digest = SHA256.digest(token.utf8)
        var found: TokenRecord?
        for record in records {
            let difference = zip(record.digest, digest).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 }
            if difference == 0 { found = record }
        }
        return found
    }
}
