package import PluginHooks

/// What `plugin_settings` says, with the defaults for what it leaves out.
package struct RuntimeSettings: Sendable, Equatable {
    /// How long one call of one plugin may take, unless its entry says otherwise.
    package var pluginTimeout: Duration = .seconds(30)
    /// Whether every error of a plugin reaches the client, and stops the start, in any mode.
    package var failOnPluginError = false
    /// Whether neighbours of one priority that only read may run at the same time.
    package var parallelWithinBand = false
    package var healthCheckInterval: Duration = .seconds(60)
    /// Whether plugins see the user's record and not only the user's name.
    package var includeUserInfo = false
    /// Whether plugins are loaded that lie in a drop directory and have no entry.
    package var loadUnlisted = false
    package var maxBlockBytes = 16 * 1024 * 1024
    package var maxPayloadCharacters = 1_000_000
    package var probeTimeout: Duration = .seconds(5)
    package var startupTimeout: Duration = .seconds(5)
    package var maxLostThreads = 64
    package var maxLostThreadsPerPlugin = 16
    /// How many members of concurrent groups, and how many calls that nobody waits for, may run at once.
    package var executionPool = 10
    /// Whether plugins may change the payload of a hook that has no write policy.
    package var defaultHookPolicy = HookPolicy.allow
    /// Whether a plugin may grant what the caller's roles do not.
    package var canOverrideRBAC = false
    /// Whether a plugin may replace the credentials that a request came with.
    package var canOverrideAuthHeaders = false
    /// What worker processes may do, unless a plugin's entry says otherwise.
    package var sandbox = SandboxSettings()
    package var quarantine = QuarantineSettings()
    /// When plugins that fail again and again are switched off for a while, unless their entries say otherwise.
    package var breaker: BreakerSettings? = BreakerSettings()

    /// Where plugins run whose entry does not say.
    package var isolation = Isolation.inProcess
    /// Where plugins run that have no entry.
    package var unlistedIsolation = Isolation.process

    package init() {}
}

/// What plugins may do to the payload of a hook for which nothing else says so.
package enum HookPolicy: String, Sendable, Equatable, CaseIterable {
    /// They may change all of it.
    case allow
    /// They may change nothing.
    case deny
}
