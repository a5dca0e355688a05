import PluginPayloads

extension RuntimeConfiguration.Key: DescribedKey {
    /// The whole file.
    static var file: KeyDescription { KeyDescription("The configuration of a Hookgate gateway or runtime.", section) }

    var description: KeyDescription {
        switch self {
        case .plugins: KeyDescription("The plugins, in the order of the file.", .list(PluginEntry.Key.section), [])
        case .pluginDirectories:
            KeyDescription(
                "Directories that are searched for a plugin's kind; relative to this file.",
                .list(.text),
                []
            )
        case .dropDirectories:
            KeyDescription("Directories that are searched first, and may hold plugins without entry.", .list(.text), [])
        case .settings: KeyDescription("Settings of the plugin runtime.", RuntimeSettings.Key.section)
        case .trust: KeyDescription("Which plugin files are taken.", TrustSettings.Key.section)
        case .server: KeyDescription("The gateway's HTTP server.", ServerSettings.Key.section)
        case .prompts: KeyDescription("Prompts that the gateway renders.", PromptSettings.Key.section)
        case .auth: KeyDescription("Who may send requests to the gateway.", AuthSettings.Key.section)
        case .upstreams:
            KeyDescription("The servers that tools, resources and agents ask.", UpstreamSettings.Key.section)
        case .serverSettings, .grpcServerSettings, .unixSocketServerSettings:
            KeyDescription("For the separate server of external plugins; not read here.", .anything)
        }
    }
}

extension RuntimeSettings.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .pluginTimeout:
            KeyDescription(
                "Seconds that one call of one plugin may take, unless its entry says otherwise.",
                .seconds,
                30
            )
        case .failOnPluginError:
            KeyDescription("Whether every error of a plugin fails its request, and stops the start.", .boolean, false)
        case .parallelWithinBand:
            KeyDescription("Whether neighbours of one priority that only read run at the same time.", .boolean, false)
        case .healthCheckInterval: KeyDescription("Seconds between questions after plugins' health.", .seconds, 60)
        case .includeUserInfo:
            KeyDescription("Whether plugins see the user's record and not only the name.", .boolean, false)
        case .loadUnlisted: KeyDescription("Whether files in drop_dirs run that no entry names.", .boolean, false)
        case .maxBlockBytes:
            KeyDescription("Bytes of one payload.", .integer(1_024...Int(UInt32.max)), 16_777_216)
        case .maxPayloadCharacters:
            KeyDescription("Characters of all texts of one payload.", .integer(1...Int(UInt32.max)), 1_000_000)
        case .probeTimeout: KeyDescription("Seconds that the trial load of a plugin may take.", .seconds, 5)
        case .startupTimeout: KeyDescription("Seconds that a plugin may take to start.", .seconds, 5)
        case .maxLostThreads:
            KeyDescription("Threads that hooks may hold beyond their time, of all plugins.", .integer(1...10_000), 64)
        case .maxLostThreadsPerPlugin:
            KeyDescription("Threads that hooks may hold beyond their time, of one plugin.", .integer(1...10_000), 16)
        case .executionPool:
            KeyDescription(
                "How many members of concurrent groups, and how many calls that nobody waits for, may run at once.",
                .integer(1...512),
                10
            )
        case .defaultHookPolicy:
            KeyDescription(
                "Whether plugins may change the payload of a hook that has no write policy.",
                .word(HookPolicy.allCases.map(\.rawValue)),
                "allow"
            )
        case .canOverrideRBAC:
            KeyDescription("Whether a plugin may grant what the caller's roles do not.", .boolean, false)
        case .canOverrideAuthHeaders:
            KeyDescription("Whether a plugin may replace the credentials of a request.", .boolean, false)
        case .isolation:
            KeyDescription("Where plugins run whose entry does not say.", .word(Isolation.words), "in_process")
        case .unlistedIsolation:
            KeyDescription("Where plugins run that have no entry.", .word(Isolation.words), "process")
        case .sandbox:
            KeyDescription(
                "What worker processes may do, unless an entry says otherwise.",
                SandboxSettings.Key.settings(hasDefaults: true)
            )
        case .quarantineAfter:
            KeyDescription(
                "Crashes of the gateway after which a plugin's file is quarantined; 0 for never.",
                .integer(QuarantineSettings.crashCounts),
                2
            )
        case .quarantineWindow:
            KeyDescription(
                "Seconds within which those crashes have to come.",
                .integer(QuarantineSettings.windows),
                600
            )
        case .quarantineAction:
            KeyDescription(
                "What a quarantined plugin does: run in a process of its own, not run, or run on and say so.",
                .word(QuarantineSettings.Action.allCases.map(\.rawValue)),
                "isolate"
            )
        case .breaker:
            KeyDescription(
                "When a plugin that fails again and again is switched off for a while; off for never.",
                BreakerSection.Key.kind(hasStandards: true)
            )
        case .enablePluginAPI: KeyDescription("Has no effect; accepted for existing files.", .boolean)
        }
    }
}

extension ServerSettings.Key: DescribedKey {
    private static let bytes = 1_024...(1 << 32)

    var description: KeyDescription {
        switch self {
        case .host: KeyDescription("The address to listen on.", .text, "127.0.0.1")
        case .port: KeyDescription("The port to listen on; 0 for any that is free.", .integer(0...65_535), 4_444)
        case .maxBodyBytes: KeyDescription("Bytes of one request's body.", .integer(Self.bytes), 8_388_608)
        case .maxBufferedBytes:
            KeyDescription("Bytes of all bodies that are read at the same time.", .integer(Self.bytes), 268_435_456)
        case .maxHeaderBytes: KeyDescription("Bytes of one request's headers.", .integer(1_024...(1 << 20)), 32_768)
        case .maxHeaderFields: KeyDescription("Headers of one request.", .integer(16...10_000), 1_000)
        case .maxJSONDepth: KeyDescription("Containers within one another in a body.", .integer(1...128), 64)
        case .maxJSONValues: KeyDescription("Values in a body, keys counted.", .integer(16...(1 << 24)), 200_000)
        case .maxConnections: KeyDescription("Connections at the same time.", .integer(1...1_000_000), 16_384)
        case .requestTimeout: KeyDescription("Seconds that a client may take to send one request.", .seconds, 30)
        case .idleTimeout: KeyDescription("Seconds that a connection may stay open without a request.", .seconds, 60)
        case .drainTimeout:
            KeyDescription("Seconds that requests may take after the gateway was stopped.", .seconds, 25)
        }
    }
}

extension PromptSettings.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .refuseHTML: KeyDescription("Whether arguments that contain HTML are refused.", .boolean, false)
        case .autoescape: KeyDescription("Whether templates escape HTML in what they put in.", .boolean, false)
        case .maxLoopIterations:
            KeyDescription("Passes of all loops of one rendering.", .integer(1...10_000_000), 10_000)
        case .maxOutputBytes: KeyDescription("Bytes of one rendered prompt.", .integer(1...(1 << 30)), 1_048_576)
        case .maxSteps:
            KeyDescription(
                "Steps of one rendering: 32 for each tag, and one for each byte or element gone through.",
                .integer(1_024...(1 << 36)),
                33_554_432
            )
        }
    }
}

extension AuthSettings.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .required:
            KeyDescription("Whether callers have to say who they are; absent: as soon as there is a key.", .boolean)
        case .jwtSecret: KeyDescription("The secret that tokens are signed with (HS256).", .secret)
        case .jwksFile: KeyDescription("A file of public keys that tokens may be signed with.", .text)
        case .audience: KeyDescription("What tokens have to name as their audience.", .text)
        case .issuer: KeyDescription("What tokens have to name as their issuer.", .text)
        case .leeway:
            KeyDescription("Seconds that the clocks of others may be from ours.", .integer(0...600), 30)
        }
    }
}

extension UpstreamSettings.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .connectTimeout: KeyDescription("Seconds that a connection may take to come about.", .seconds, 5)
        case .timeout: KeyDescription("Seconds that one request may take, to the end of the answer.", .seconds, 30)
        case .maxResponseBytes: KeyDescription("Bytes of one answer.", .integer(1_024...(1 << 30)), 8_388_608)
        case .maxAttempts:
            KeyDescription("How often a call is made at most, if plugins want it repeated.", .integer(1...100), 3)
        }
    }
}
