package import GatewayCore
import Glibc
import PluginPayloads

/// Verifies JSON Web Tokens: the signature first, then what they say.
package struct TokenVerifier: TokenVerifying {
    private let keys: TokenKeys
    private let rules: TokenRules
    /// Seconds since 1970.
    private let now: @Sendable () -> Double

    package init(
        _ keys: TokenKeys,
        _ rules: TokenRules,
        now: @escaping @Sendable () -> Double = Self.systemTime
    ) {
        self.keys = keys
        self.rules = rules
        self.now = now
    }

    package func verify(_ token: String) throws(TokenRefusal) -> VerifiedToken {
        let parts = try TokenParts(token)
        guard keys.verify(parts) else { throw .invalid }
        try checkTimes(parts.claims)
        try checkOrigin(parts.claims)
        guard let email = parts.claims["sub"]?.string, !email.isEmpty else { throw .withoutSubject }
        return VerifiedToken(email: email, tenantID: parts.claims["tenant_id"]?.string)
    }

    private func checkTimes(_ claims: BlockValue) throws(TokenRefusal) {
        let leeway = rules.leeway / .seconds(1)
        guard let expiry = claims["exp"] else { throw .withoutExpiry }
        let now = now()
        guard let end = expiry.double else { throw .invalid }
        guard now < end + leeway else { throw .expired }
        guard let beginning = claims["nbf"] else { return }
        guard let start = beginning.double else { throw .invalid }
        guard now >= start - leeway else { throw .notYetValid }
    }

    private func checkOrigin(_ claims: BlockValue) throws(TokenRefusal) {
        if let audience = rules.audience, !Self.texts(claims["aud"]).contains(audience) { throw .otherAudience }
        if let issuer = rules.issuer, claims["iss"]?.string != issuer { throw .otherIssuer }
    }

    /// A text, or a list of texts.
    private static func texts(_ value: BlockValue?) -> [String] {
        guard let value else { return [] }
        if let text = value.string { return [text] }
        return value.isArray ? (0..<value.count).compactMap { value[$0]?.string } : []
    }

    /// Now, as the system's clock says.
    package static let systemTime: @Sendable () -> Double = { Double(time(nil)) }
}
