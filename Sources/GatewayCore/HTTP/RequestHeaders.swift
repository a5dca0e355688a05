package import PluginPayloads

/// Which headers plugins may put into a request before it is read.
package struct RequestHeaders: Sendable, Equatable {
    /// What is put in place of the request's own, or beside it.
    package private(set) var changes: [(name: String, value: String)] = []
    /// Names of headers that stay as they are, although a plugin wants to change them.
    package private(set) var refused: [String] = []

    /// They say who sends the request: a plugin may add them, but not replace what the client has sent.
    private static let credentials: Set = ["authorization", "cookie", "x-api-key", "proxy-authorization"]

    /// What they say was already acted upon, or is the gateway's own.
    private static let fixed: Set = [
        "connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
        "x-request-id",
    ]

    /// Compares the headers that plugins want with those of a request.
    ///
    /// A header that they leave out stays.
    ///
    /// - Parameters:
    ///   - wanted: What `http_pre_request` has answered.
    ///   - given: The request's own headers, with names in small letters.
    ///   - mayReplaceCredentials: Whether the operator allows plugins to replace credentials.
    package init(wanted: HTTPHeaders, given: HTTPHeaders, mayReplaceCredentials: Bool) {
        for (name, value) in wanted {
            let name = name.lowercased()
            guard given[name] != value else { continue }
            let isProtected = Self.credentials.contains(name) && given[name] != nil && !mayReplaceCredentials
            if isProtected || Self.fixed.contains(name) || !HeaderSyntax.allows(name, value) {
                refused.append(name)
            } else {
                changes.append((name, value))
            }
        }
    }

    package static func == (left: RequestHeaders, right: RequestHeaders) -> Bool {
        left.refused == right.refused && left.changes.elementsEqual(right.changes, by: ==)
    }
}
