extension UpstreamSettings {
    enum Key: String, CaseIterable {
        case connectTimeout = "connect_timeout"
        case timeout
        case maxResponseBytes = "max_response_bytes"
        case maxAttempts = "max_attempts"
    }

    init(_ section: Section<Key>?) {
        guard let section else { return }
        section[.connectTimeout]?.seconds().assign(to: &connectTimeout)
        section[.timeout]?.seconds().assign(to: &timeout)
        section[.maxResponseBytes]?.integer(in: 1_024...(1 << 30)).assign(to: &maxResponseBytes)
        section[.maxAttempts]?.integer(in: 1...100).assign(to: &maxAttempts)
    }
}
