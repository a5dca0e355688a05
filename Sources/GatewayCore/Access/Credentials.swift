import PluginPayloads

/// What a client says in `Authorization`: a scheme, and what belongs to it.
struct Credentials {
    let scheme: String
    let value: String

    init(_ header: String) {
        let parts = header.split(separator: " ", maxSplits: 1)
        scheme = parts.first.map(String.init) ?? ""
        value = parts.count < 2 ? "" : String(parts[1].drop { $0 == " " })
    }

    /// Schemes are the same in any case (RFC 9110, 11.1).
    var isBearer: Bool { scheme.lowercased() == "bearer" }

    /// The credentials as plugins see them.
    var object: JSONObject { ["scheme": .string(scheme), "credentials": .string(value)] }
}
