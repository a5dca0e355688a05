import GatewayAuth
import GatewayCore
import Logging
import PluginConfig
import Synchronization

/// The keys by which a gateway knows its callers, as its configuration says at the start and after each reload.
final class TokenAuthentication: TokenVerifying {
    private let verifier: Mutex<TokenVerifier>

    private init(_ verifier: TokenVerifier) {
        self.verifier = Mutex(verifier)
    }

    func verify(_ token: String) throws(TokenRefusal) -> VerifiedToken {
        try verifier.withLock { $0 }.verify(token)
    }

    /// Decides whether callers have to say who they are.
    ///
    /// - Returns: What verifies their tokens; `nil` if authentication is off.
    /// - Throws: ``GatewayFailure`` if it has to be on and cannot, or is off where others could reach the gateway.
    static func start(
        _ configuration: RuntimeConfiguration,
        at address: ListeningAddress,
        isInsecureAllowed: Bool,
        _ logger: Logger
    ) async throws(GatewayFailure) -> TokenAuthentication? {
        let settings = configuration.auth
        guard settings.required ?? settings.hasKey else {
            guard isInsecureAllowed || address.isLoopback else {
                throw GatewayFailure(
                    "authentication is off, and other machines can reach \(address): set auth.jwt_secret or "
                        + "auth.jwks_file in the configuration, listen on 127.0.0.1, or say --insecure-no-auth"
                )
            }
            return nil
        }
        return TokenAuthentication(try await verifier(configuration, logger))
    }

    /// Reads the keys again; the old ones stay if that cannot be.
    func reload(_ configuration: RuntimeConfiguration, _ logger: Logger) async {
        do throws(GatewayFailure) {
            let new = try await Self.verifier(configuration, logger)
            verifier.withLock { $0 = new }
        } catch {
            logger.error("the keys of before count on", metadata: ["reason": "\(error)"])
        }
    }

    private static func verifier(
        _ configuration: RuntimeConfiguration,
        _ logger: Logger
    ) async throws(GatewayFailure) -> TokenVerifier {
        let settings = configuration.auth
        guard settings.hasKey else {
            throw GatewayFailure(
                "authentication is required (auth.required), and there is no key: set auth.jwt_secret, at least "
                    + "\(AuthSettings.shortestSecret) bytes that nobody can guess, or auth.jwks_file"
            )
        }
        if let secret = settings.jwtSecret, secret.text.utf8.count < AuthSettings.shortestSecret {
            logger.warning("auth.jwt_secret is short; use at least \(AuthSettings.shortestSecret) bytes")
        }
        let publicKeys = try settings.publicKeys(relativeTo: configuration.file)
        do {
            let keys = try await TokenKeys(secret: settings.jwtSecret?.text, publicKeys: publicKeys)
            return TokenVerifier(keys, settings.rules)
        } catch {
            throw GatewayFailure("auth.jwks_file: \(settings.jwksFile?.value ?? ""): \(error)")
        }
    }
}
