import PluginSDK

extension HeaderInjector {
    /// Which headers are added, and to what.
    public struct Configuration: Decodable, Sendable {
        /// The header of the correlation identifier; `nil` for none.
        let correlationHeader: String?
        let requestHeaders: HeaderChanges
        let responseHeaders: HeaderChanges
        let toolHeaders: HeaderChanges

        private enum CodingKeys: String, CodingKey {
            case correlationHeader = "correlation_header"
            case requestHeaders = "request_headers"
            case responseHeaders = "response_headers"
            case toolHeaders = "tool_headers"
            case securityHeaders = "security_headers"
        }

        /// Headers that keep browsers from guessing, framing and telling where they come from.
        private static let securityHeaders: [(String, String)] = [
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Strict-Transport-Security", "max-age=31536000"),
        ]

        /// Reads the configuration; every key may be absent.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            let isNamed = values.contains(.correlationHeader)
            let name = try values.decodeIfPresent(String.self, forKey: .correlationHeader)
            correlationHeader = isNamed ? name : "X-Correlation-Id"
            if let name, !HeaderText.isName(name) {
                throw ConfigurationProblem(at: "/correlation_header", "this is no name of a header")
            }
            let isSecure = try values.decodeIfPresent(Bool.self, forKey: .securityHeaders) ?? false
            func changes(_ key: CodingKeys, mayRemove: Bool = false) throws -> HeaderChanges {
                let headers = try values.decodeIfPresent(JSONObject.self, forKey: key) ?? [:]
                return try HeaderChanges(headers, at: "/\(key.rawValue)", mayRemove: mayRemove)
            }
            requestHeaders = try changes(.requestHeaders)
            toolHeaders = try changes(.toolHeaders)
            // What is configured comes later, and so overrides.
            responseHeaders = HeaderChanges(isSecure ? Self.securityHeaders : [])
                .followed(by: try changes(.responseHeaders, mayRemove: true))
        }
    }
}
