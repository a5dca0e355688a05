import Foundation
import GatewayAuth
import PluginConfig

extension AuthSettings {
    /// HMAC with SHA-256 is as strong as its key up to this many bytes (RFC 7518, 3.2).
    static let shortestSecret = 32

    var hasKey: Bool { jwtSecret != nil || jwksFile != nil }

    var rules: TokenRules { TokenRules(audience: audience, issuer: issuer, leeway: leeway) }

    /// Reads the key set.
    ///
    /// - Parameter configuration: The configuration file, from whose folder a relative path counts.
    /// - Returns: Its text; `nil` if none is configured.
    /// - Throws: ``GatewayFailure`` if there is one and it cannot be read.
    func publicKeys(relativeTo configuration: String) throws(GatewayFailure) -> String? {
        guard let file = jwksFile?.value else { return nil }
        let folder = (configuration as NSString).deletingLastPathComponent
        let path = file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file
        do { return try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw GatewayFailure("auth.jwks_file: cannot read \(path): \(error.localizedDescription)")
        }
    }
}
