import YAMLTree

extension SandboxSettings {
    enum Key: String, CaseIterable {
        case profile
        case allowJIT = "allow_jit"
        case allowRead = "allow_read"
        case memory
        case stack
        case openFiles = "open_files"
        case cpuSeconds = "cpu_seconds"
        case onViolation = "on_violation"
        case degrade
        case user
    }

    /// With less, a Swift plugin with a few threads does not start.
    static let memory = 32 << 20...1 << 40
    static let stack = 64 << 10...1 << 30
    static let files = 16...65_536
    static let seconds = 0...1_000_000_000

    /// Reads a profile's word, or a mapping; what is wrong is reported and left out.
    init(_ field: Field?) {
        self.init()
        guard let field else { return }
        if field.scalar != nil {
            profile = field.choice(of: Profile.self)
        } else if case .mapping = field.node.content {
            Section<Key>(field).map { read($0) }
        } else {
            field.error(
                expected: "\(Profile.allCases.map(\.rawValue).joinedWithOr), or a mapping",
                hint: "write sandbox: strict, or sandbox: {profile: strict, …}"
            )
        }
    }

    private mutating func read(_ section: Section<Key>) {
        profile = section[.profile]?.choice(of: Profile.self)
        allowJIT = section[.allowJIT]?.boolean()
        allowRead = section[.allowRead].map { $0.absolutePaths() }
        memoryBytes = section[.memory]?.bytes(in: Self.memory)
        stackBytes = section[.stack]?.bytes(in: Self.stack)
        openFiles = section[.openFiles]?.integer(in: Self.files)
        cpuSeconds = section[.cpuSeconds]?.integer(in: Self.seconds)
        onViolation = section[.onViolation]?.choice(of: ViolationAction.self)
        degrade = section[.degrade]?.boolean()
        user = section[.user]?.user()
    }
}

extension Field {
    /// A list of paths that mean the same in every process.
    fileprivate func absolutePaths() -> [String] {
        names(of: "paths").compactMap { path in
            guard path.value.hasPrefix("/") else {
                log.error("must be absolute, found \(path.value.quoted)", at: path.position, path: self.path)
                return nil
            }
            return path.value
        }
    }

    /// A user's name or number.
    fileprivate func user() -> Located<String>? {
        guard case .integer(let number)? = scalar?.value else { return name() }
        return Located("\(number)", at: position)
    }
}
