import CanonicalHosts
public import PluginSDK

/// Lets only some protocols and hosts through to resources, and bounds and filters the texts that they hold.
public struct ResourceFilter: Plugin, Sendable {
    /// The name in the manifest.
    public static let name = "resource_filter"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let maxContentSize: Int
    private let allowedProtocols: [String]
    private let blockedHosts: BlockedHosts
    private let contentFilters: ContentFilters

    /// Checks the configuration; a content filter that is no valid expression is left out, with a warning.
    public init(configuration: Configuration, host: PluginHost) throws {
        maxContentSize = try configuration.checkedSize()
        allowedProtocols = try configuration.checkedProtocols()
        blockedHosts = try configuration.checkedHosts()
        contentFilters = ContentFilters(configuration.contentFilters, host: host)
    }

    /// Registers the two hooks.
    public func register(on hooks: HookRegistrar) {
        hooks.on(.resourcePreFetch, checkURI)
        hooks.on(.resourcePostFetch, filterContent)
    }
}

// MARK: - Before the resource is fetched

extension ResourceFilter {
    private func checkURI(_ payload: ResourcePreFetchPayload, _ context: HookContext) -> ResourcePreFetchResult {
        let text = payload.uri
        let uri: ResourceURI
        do throws(URIProblem) {
            uri = try ResourceURI(text)
            guard allowedProtocols.contains(uri.scheme) else {
                return .deny(.protocolBlocked(uri, text, allowedProtocols))
            }
            if let host = try blockedHosts.host(blocking: uri) { return .deny(.domainBlocked(host, text)) }
        } catch {
            return .deny(.invalidURI(text, error))
        }
        context.state["uri_validated"] = true
        context.state["original_uri"] = .string(text)
        var payload = payload
        payload.metadata = metadata(for: uri, of: payload, context.globalContext)
        return .modified(payload, metadata: ["validation": "passed"])
    }

    /// What the resource's metadata says after the check.
    private func metadata(
        for uri: ResourceURI,
        of payload: ResourcePreFetchPayload,
        _ request: GlobalContext
    ) -> JSONObject {
        var metadata = payload.metadata ?? [:]
        metadata["validated"] = true
        metadata["protocol"] = .string(uri.scheme)
        metadata["request_id"] = .string(request.requestID)
        metadata["user"] = request.user ?? .null
        metadata["resource_filter_plugin"] = "pre_fetch_validated"
        metadata["allowed_size"] = .int(Int64(maxContentSize))
        return metadata
    }
}

// MARK: - After it was fetched

extension ResourceFilter {
    /// Leaves alone what the first hook has not let through: such a resource is not this plugin's.
    private func filterContent(
        _ payload: ResourcePostFetchPayload,
        _ context: HookContext
    ) throws -> ResourcePostFetchResult {
        guard context.state["uri_validated"] == true else { return .proceed }
        let content = payload.value(of: "content")
        let size = content.map(ResourceText.size) ?? 0
        guard size <= maxContentSize else { return .deny(.contentTooLarge(size, maxContentSize)) }
        let filtered = try content.flatMap(contentFilters.apply)
        let metadata: JSONObject = [
            "filtered": .bool(filtered != nil), "original_uri": context.state["original_uri"] ?? .null,
        ]
        guard let filtered else { return ResourcePostFetchResult(metadata: metadata) }
        var payload = payload
        payload.setValue(filtered.root, of: "content")
        return .modified(payload, metadata: metadata)
    }
}
