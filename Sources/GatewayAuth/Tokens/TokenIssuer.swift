import Foundation
import JWTKit

/// Makes tokens with the gateway's own secret.
package struct TokenIssuer: Sendable {
    private let secret: String
    private let rules: TokenRules

    package init(secret: String, _ rules: TokenRules) {
        self.secret = secret
        self.rules = rules
    }

    /// A token that the gateway accepts.
    ///
    /// - Parameters:
    ///   - email: Whose it is.
    ///   - lifetime: How long it counts, from now on.
    /// - Returns: The token in compact form.
    /// - Throws: That it cannot be signed.
    package func token(for email: String, lifetime: Duration) async throws -> String {
        let now = Date(timeIntervalSince1970: TokenVerifier.systemTime())
        let claims = Claims(
            sub: SubjectClaim(value: email),
            iat: IssuedAtClaim(value: now),
            exp: ExpirationClaim(value: now.addingTimeInterval(lifetime / .seconds(1))),
            aud: rules.audience.map { AudienceClaim(value: $0) },
            iss: rules.issuer.map { IssuerClaim(value: $0) }
        )
        let keys = await JWTKeyCollection().add(hmac: HMACKey(secret: secret), digestAlgorithm: .sha256)
        return try await keys.sign(claims)
    }

    private struct Claims: JWTPayload {
        let sub: SubjectClaim
        let iat: IssuedAtClaim
        let exp: ExpirationClaim
        let aud: AudienceClaim?
        let iss: IssuerClaim?

        func verify(using algorithm: some JWTAlgorithm) throws {
            try exp.verifyNotExpired()
        }
    }
}
