/// Tells whose a bearer token is.
package protocol TokenVerifying: Sendable {
    /// Verifies a token.
    ///
    /// - Parameter token: The token as the client sent it.
    /// - Returns: What it says of its owner.
    /// - Throws: Why it does not count.
    func verify(_ token: String) throws(TokenRefusal) -> VerifiedToken
}

/// What a token that counts says of its owner.
package struct VerifiedToken: Sendable, Equatable {
    /// The user's address: the claim `sub`.
    package let email: String
    /// The claim `tenant_id`.
    package let tenantID: String?

    package init(email: String, tenantID: String? = nil) {
        self.email = email
        self.tenantID = tenantID
    }
}

/// Why a token does not count; the text is for the client, and has nothing of the token or its key.
package enum TokenRefusal: String, Error, Sendable, CaseIterable {
    /// It is no signed token, or not by a key and algorithm that the gateway accepts.
    case invalid = "the token is not valid"
    case withoutExpiry = "the token does not say when it expires"
    case expired = "the token has expired"
    case notYetValid = "the token is not valid yet"
    case otherAudience = "the token is for another audience"
    case otherIssuer = "the token is from another issuer"
    case withoutSubject = "the token does not say whose it is"
}
