import GatewayAuth
import GatewayCore
import PluginConfig

/// Makes tokens for a gateway's users, on the command line.
package struct TokenDesk {
    private let issuer: TokenIssuer

    /// Takes the secret of a configuration, or of a variable.
    ///
    /// - Throws: ``GatewayFailure`` if there is none.
    package init(_ options: GatewayOptions) throws(GatewayFailure) {
        let sources = ConfigurationSources(environment: options.environment.variables)
        let file = ConfigurationLoader.load(path: options.configuration, sources: sources)
        guard let auth = file.content?.auth else { throw GatewayFailure(file.report) }
        guard let secret = auth.jwtSecret else {
            let reason =
                auth.jwksFile == nil
                ? "there is no key; set auth.jwt_secret in the gateway's configuration (--config), or JWT_SECRET_KEY"
                : "auth.jwks_file has public keys alone; ask whoever owns their private keys for a token, or set "
                    + "auth.jwt_secret too"
            throw GatewayFailure("cannot make a token: \(reason)")
        }
        issuer = TokenIssuer(secret: secret.text, auth.rules)
    }

    /// A token for a user.
    package func token(for email: String, lifetime: Duration) async throws(GatewayFailure) -> String {
        guard let address = EmailAddress.normal(email) else {
            throw GatewayFailure("\(email): expected an address such as ada@example.com")
        }
        do { return try await issuer.token(for: address, lifetime: lifetime) } catch {
            throw GatewayFailure("cannot make a token: \(error)")
        }
    }
}
