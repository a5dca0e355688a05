import GatewayAuth
import GatewayCore
import PluginConfig

/// Makes tokens for a gateway's users, on the command line.
package struct TokenDesk {
    private let issuer: TokenIssuer

    /// Takes the secret of a configuration.
    ///
    /// - Throws: ``GatewayFailure`` if there is none.
    package init(configuration path: String?) throws(GatewayFailure) {
        guard let path else {
            throw GatewayFailure("no configuration: name the gateway's with --config, or with PLUGINS_CONFIG_FILE")
        }
        let file = ConfigurationLoader.load(path: path)
        guard let auth = file.content?.auth else { throw GatewayFailure(file.report) }
        guard let secret = auth.jwtSecret else {
            let reason =
                auth.jwksFile == nil
                ? "there is no key; set auth.jwt_secret"
                : "auth.jwks_file has public keys alone; ask whoever owns their private keys for a token, or set "
                    + "auth.jwt_secret too"
            throw GatewayFailure("\(path): cannot make a token: \(reason)")
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
