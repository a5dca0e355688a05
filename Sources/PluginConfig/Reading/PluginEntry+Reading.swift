import PluginHooks
import PluginPayloads
import YAMLTree

extension PluginEntry {
    enum Key: String, CaseIterable {
        case name
        case kind
        case path
        case description
        case author
        case version
        case namespace
        case hooks
        case tags
        case mode
        case priority
        case conditions
        case config
        case timeout
        case onError = "on_error"
        case required
        case inline
        case serial
        case isolation
        case process
        case sandbox
        case breaker
        case mcp
        case grpc
        case unixSocket = "unix_socket"
        case capabilities
        case maxContentSize = "max_content_size"
        /// Accepted for the sake of existing files; it never had a meaning.
        case appliedTo = "applied_to"
    }

    private static let defaultPriority = 100

    /// Reads one entry; what is wrong is reported and replaced by its default.
    init(_ section: Section<Key>) {
        let field = section.field
        let isDisabled = section[.mode]?.scalar?.text == PluginMode.disabled.rawValue

        if section[.name] == nil { section.reportMissing(.name) }
        name = section[.name]?.name() ?? Located("", at: field.position)
        kind = section[.kind]?.name()
        path = section[.path]?.name()
        description = section[.description]?.text()
        author = section[.author]?.text()
        version = section[.version]?.version()
        namespace = section[.namespace]?.text()
        mode = section[.mode]?.choice(of: PluginMode.words) ?? .enforce
        hooks = section[.hooks].map { RepeatedHooks.removed(from: $0.names(of: "hooks"), $0) } ?? []
        tags = section[.tags]?.names(of: "tags").map(\.value) ?? []
        priority = section[.priority]?.integer() ?? Self.defaultPriority
        conditions = HookConditions(section[.conditions])
        config = section[.config]?.jsonObject() ?? [:]
        timeout = section[.timeout]?.seconds()
        onError = section[.onError]?.choice(of: ErrorPolicy.self)
        required = section[.required]?.boolean() ?? false
        inline = section[.inline]?.boolean()
        serial = section[.serial]?.boolean()
        isolation = section[.isolation]?.choice(of: Isolation.self)
        process = ProcessSettings(section[.process].flatMap(Section.init))
        sandbox = SandboxSettings(section[.sandbox])
        breaker = section[.breaker].flatMap(BreakerSection.init)
        source = EntrySource(
            file: field.log.file,
            path: field.path.description,
            position: field.position,
            config: section.entry(.config)
        )

        binding = kind?.value == Kinds.boundFunction ? BoundFunctions.read(section) : nil
        Kinds.check(section, isDisabled: isDisabled)
        UnusedKeys.check(section)
    }
}
