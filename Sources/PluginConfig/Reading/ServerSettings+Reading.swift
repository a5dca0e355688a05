extension ServerSettings {
    enum Key: String, CaseIterable {
        case host
        case port
        case maxBodyBytes = "max_body_bytes"
        case maxBufferedBytes = "max_buffered_bytes"
        case maxHeaderBytes = "max_header_bytes"
        case maxHeaderFields = "max_header_fields"
        case maxJSONDepth = "max_json_depth"
        case maxJSONValues = "max_json_values"
        case maxConnections = "max_connections"
        case requestTimeout = "request_timeout"
        case idleTimeout = "idle_timeout"
        case drainTimeout = "drain_timeout"
    }

    private static let bytes = 1_024...(1 << 32)

    init(_ section: Section<Key>?) {
        guard let section else { return }
        (section[.host]?.name()?.value).assign(to: &host)
        section[.port]?.integer(in: 0...65_535).assign(to: &port)
        section[.maxBodyBytes]?.integer(in: Self.bytes).assign(to: &maxBodyBytes)
        section[.maxBufferedBytes]?.integer(in: Self.bytes).assign(to: &maxBufferedBytes)
        section[.maxHeaderBytes]?.integer(in: 1_024...(1 << 20)).assign(to: &maxHeaderBytes)
        section[.maxHeaderFields]?.integer(in: 16...10_000).assign(to: &maxHeaderFields)
        section[.maxJSONDepth]?.integer(in: 1...128).assign(to: &maxJSONDepth)
        section[.maxJSONValues]?.integer(in: 16...(1 << 24)).assign(to: &maxJSONValues)
        section[.maxConnections]?.integer(in: 1...1_000_000).assign(to: &maxConnections)
        section[.requestTimeout]?.seconds().assign(to: &requestTimeout)
        section[.idleTimeout]?.seconds().assign(to: &idleTimeout)
        section[.drainTimeout]?.seconds().assign(to: &drainTimeout)
    }
}
