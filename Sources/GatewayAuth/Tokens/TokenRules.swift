/// What a token has to say of itself, beside being signed.
package struct TokenRules: Sendable, Equatable {
    /// One of the token's audiences; `nil` for any.
    package var audience: String?
    /// Who has issued the token; `nil` for anyone.
    package var issuer: String?
    /// How far the clock of who issued the token may be from ours.
    package var leeway: Duration = .seconds(30)

    package init(audience: String? = nil, issuer: String? = nil, leeway: Duration = .seconds(30)) {
        self.audience = audience
        self.issuer = issuer
        self.leeway = leeway
    }
}
