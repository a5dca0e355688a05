import PluginSDK

extension TokenAuth {
    /// Where tokens are found, and which are known.
    public struct Configuration: Decodable, Sendable {
        /// The header that holds a token, beside `X-API-Key`.
        let tokenHeader: String
        /// Whether a token of these headers becomes `Authorization: Bearer`, if there is none.
        let transformsToBearer: Bool
        let tokens: [TokenRecord]

        private enum CodingKeys: String, CodingKey {
            case tokenHeader = "token_header"
            case transformsToBearer = "transform_to_bearer"
            case tokens
        }

        /// Reads the configuration; every key may be absent.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            tokenHeader = try values.decodeIfPresent(String.self, forKey: .tokenHeader) ?? "x-auth-token"
            transformsToBearer = try values.decodeIfPresent(Bool.self, forKey: .transformsToBearer) ?? true
            tokens = try values.decodeIfPresent([TokenRecord].self, forKey: .tokens) ?? []
            guard HeaderText.isName(tokenHeader), tokenHeader.lowercased() != "authorization" else {
                throw ConfigurationProblem(at: "/token_header", "this is no name of a header for tokens")
            }
            var identifiers: Set<String> = []
            for (index, token) in tokens.enumerated() where !identifiers.insert(token.identifier).inserted {
                throw ConfigurationProblem(at: "/tokens/\(index)/token_sha256", "this token is listed twice")
            }
        }
    }
}
