import PluginPayloads

extension SandboxSettings.Key: DescribedKey {
    /// A profile's word, or a mapping with these keys.
    ///
    /// - Parameter hasDefaults: Whether the defaults hold where it is silent, and not what stands elsewhere.
    /// - Returns: The kind of the key `sandbox`.
    static func settings(hasDefaults: Bool) -> KeyDescription.Kind {
        .wordOrSection(
            key: profile.rawValue,
            allCases.map { ($0.rawValue, hasDefaults ? $0.description : $0.description.withoutDefault) }
        )
    }

    var description: KeyDescription {
        switch self {
        case .profile:
            KeyDescription(
                "How much is taken from the worker process: rights, also network and files, or all but computing.",
                .word(SandboxSettings.Profile.allCases.map(\.rawValue)),
                "default"
            )
        case .allowJIT:
            KeyDescription("Whether memory may become executable, for just-in-time compilers.", .boolean, false)
        case .allowRead:
            KeyDescription("Absolute paths of files and folders that may be read while loading.", .list(.text), [])
        case .memory:
            KeyDescription(
                "Private memory of the process, such as 256MiB.",
                .bytes(SandboxSettings.memory),
                268_435_456
            )
        case .stack: KeyDescription("The stack of each thread.", .bytes(SandboxSettings.stack), 1_048_576)
        case .openFiles: KeyDescription("Descriptors of the process.", .integer(SandboxSettings.files), 64)
        case .cpuSeconds:
            KeyDescription(
                "Seconds of a processor in the life of the process; 0 for no limit.",
                .integer(SandboxSettings.seconds),
                0
            )
        case .onViolation:
            KeyDescription(
                "What a forbidden system call does: it fails, or ends the process.",
                .word(SandboxSettings.ViolationAction.allCases.map(\.rawValue)),
                "errno"
            )
        case .degrade:
            KeyDescription("Whether a worker goes on without what the kernel lacks, and says so.", .boolean, false)
        case .user:
            KeyDescription(
                "Whom the worker of a gateway of root becomes: a name, a number, or UID:GID.",
                .textOrNumber,
                "nobody"
            )
        }
    }
}
