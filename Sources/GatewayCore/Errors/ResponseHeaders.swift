package import PluginPayloads

/// Which headers plugins may put into a response.
package enum ResponseHeaders {
    /// Headers that describe the message or the connection, which only the server knows.
    private static let reserved: Set = [
        "connection", "content-length", "content-type", "date", "keep-alive", "te", "trailer", "transfer-encoding",
        "upgrade",
    ]

    /// The headers that may be sent: well-formed (RFC 9110, 5.1 and 5.5), and none of the server's own.
    package static func allowed(_ headers: [String: String]) -> HTTPHeaders {
        HTTPHeaders(headers.filter { isAllowed($0.key, $0.value) })
    }

    /// The same for headers as a hook's outcome has them.
    package static func allowed(_ headers: JSONObject) -> HTTPHeaders {
        HTTPHeaders(
            headers.compactMap { name, value in
                guard let value = value.string, isAllowed(name, value) else { return nil }
                return (name, value)
            }
        )
    }

    private static func isAllowed(_ name: String, _ value: String) -> Bool {
        HeaderSyntax.allows(name, value) && !reserved.contains(name.lowercased())
    }
}
