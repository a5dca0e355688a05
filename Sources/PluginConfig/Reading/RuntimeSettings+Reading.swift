extension RuntimeSettings {
    enum Key: String, CaseIterable {
        case pluginTimeout = "plugin_timeout"
        case failOnPluginError = "fail_on_plugin_error"
        case parallelWithinBand = "parallel_execution_within_band"
        case healthCheckInterval = "plugin_health_check_interval"
        case includeUserInfo = "include_user_info"
        case loadUnlisted = "load_unlisted"
        case maxBlockBytes = "max_block_bytes"
        case maxPayloadCharacters = "max_payload_characters"
        case probeTimeout = "probe_timeout"
        case startupTimeout = "startup_timeout"
        case maxLostThreads = "max_lost_threads"
        case maxLostThreadsPerPlugin = "max_lost_threads_per_plugin"
        case executionPool = "execution_pool"
        case defaultHookPolicy = "default_hook_policy"
        case canOverrideRBAC = "can_override_rbac"
        case canOverrideAuthHeaders = "can_override_auth_headers"
        case isolation
        case unlistedIsolation = "unlisted_isolation"
        case sandbox
        case quarantineAfter = "quarantine_after"
        case quarantineWindow = "quarantine_window"
        case quarantineAction = "quarantine_action"
        case breaker
        /// Accepted for the sake of existing files; it never had a meaning.
        case enablePluginAPI = "enable_plugin_api"
    }

    /// Blocks refer to their parts by offsets of 32 bits.
    private static let blockBytes = 1_024...Int(UInt32.max)
    private static let payloadCharacters = 1...Int(UInt32.max)
    private static let lostThreads = 1...10_000
    private static let executionPools = 1...512

    init(_ section: Section<Key>?) {
        guard let section else { return }
        section[.pluginTimeout]?.seconds().assign(to: &pluginTimeout)
        section[.failOnPluginError]?.boolean().assign(to: &failOnPluginError)
        section[.parallelWithinBand]?.boolean().assign(to: &parallelWithinBand)
        section[.healthCheckInterval]?.seconds().assign(to: &healthCheckInterval)
        section[.includeUserInfo]?.boolean().assign(to: &includeUserInfo)
        section[.loadUnlisted]?.boolean().assign(to: &loadUnlisted)
        section[.maxBlockBytes]?.integer(in: Self.blockBytes).assign(to: &maxBlockBytes)
        section[.maxPayloadCharacters]?.integer(in: Self.payloadCharacters).assign(to: &maxPayloadCharacters)
        section[.probeTimeout]?.seconds().assign(to: &probeTimeout)
        section[.startupTimeout]?.seconds().assign(to: &startupTimeout)
        section[.maxLostThreads]?.integer(in: Self.lostThreads).assign(to: &maxLostThreads)
        section[.maxLostThreadsPerPlugin]?.integer(in: Self.lostThreads).assign(to: &maxLostThreadsPerPlugin)
        section[.executionPool]?.integer(in: Self.executionPools).assign(to: &executionPool)
        section[.defaultHookPolicy]?.choice(of: HookPolicy.self).assign(to: &defaultHookPolicy)
        section[.canOverrideRBAC]?.boolean().assign(to: &canOverrideRBAC)
        section[.isolation]?.choice(of: Isolation.self).assign(to: &isolation)
        section[.unlistedIsolation]?.choice(of: Isolation.self).assign(to: &unlistedIsolation)
        section[.canOverrideAuthHeaders]?.boolean().assign(to: &canOverrideAuthHeaders)
        sandbox = SandboxSettings(section[.sandbox])
        quarantine = QuarantineSettings(section)
        if let section = section[.breaker].flatMap(BreakerSection.init) { breaker = section.settings(over: breaker) }
        _ = section[.enablePluginAPI]?.boolean()
    }
}
