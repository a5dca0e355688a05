import PluginPayloads

/// Which headers go to other servers.
enum OutgoingHeaders {
    /// Headers of one connection, and those that follow from the request itself.
    private static let reserved: Set = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
        // Tokens for the gateway, never for those behind it.
        "x-vault-tokens",
    ]

    /// Headers that say who asks.
    private static let credentials: Set = ["authorization", "cookie", "proxy-authorization", "x-api-key"]

    /// The headers that may be sent: well-formed, and none of the connection's own.
    static func allowed(_ headers: HTTPHeaders) -> HTTPHeaders {
        HTTPHeaders(headers.filter { problem($0.name, $0.value) == nil }.map { ($0.name, $0.value) })
    }

    /// Why a header cannot be sent; `nil` if it can.
    static func problem(_ name: String, _ value: String) -> String? {
        guard HeaderSyntax.isName(name) else { return "not the name of a header" }
        guard HeaderSyntax.isValue(value) else { return "not the value of a header" }
        return reserved.contains(name.lowercased()) ? "a header that the gateway sets or removes itself" : nil
    }

    /// The headers as clients see them: names without values.
    static func shown(_ headers: HTTPHeaders) -> JSONValue {
        .object(JSONObject(headers.map { ($0.name, .string(RecordFields.mask)) }))
    }

    /// The headers for another receiver than the one whose headers plugins have changed: what they added or changed,
    /// and nothing that was meant for the first one alone.
    static func readdressed(_ changed: HTTPHeaders, from first: HTTPHeaders, to second: HTTPHeaders) -> HTTPHeaders {
        var headers = second
        for (name, value) in changed where first[name] != value { headers[name] = value }
        return headers
    }

    /// The headers without credentials that plugins have added where the operator has set none.
    static func withoutForeignCredentials(_ headers: HTTPHeaders, own: HTTPHeaders) -> HTTPHeaders {
        HTTPHeaders(
            headers.filter { own[$0.name] != nil || !credentials.contains($0.name.lowercased()) }
                .map { ($0.name, $0.value) }
        )
    }
}
