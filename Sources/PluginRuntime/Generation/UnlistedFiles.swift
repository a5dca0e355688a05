import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads

/// Files in the drop directories that no entry names, and that are loaded all the same if the settings say so.
struct UnlistedFiles: Sendable {
    private(set) var plans: [EntryPlan] = []
    /// Files that cannot be loaded.
    private(set) var bad: [PlanResult] = []

    /// - Parameters:
    ///   - configuration: Says whether such files are loaded, and from where.
    ///   - catalog: What lies where.
    ///   - names: The names that entries of the configuration have.
    ///   - active: The files of plugins that run; a new one does not take the place of such a plugin.
    ///   - modes: Modes by names, over the usual one.
    init(
        _ configuration: RuntimeConfiguration,
        _ catalog: PluginCatalog,
        names: Set<String>,
        active: Set<String>,
        modes: [String: PluginMode]
    ) {
        guard configuration.settings.loadUnlisted else { return }
        let drops = Set(configuration.dropDirectories.map { configuration.absolute($0.value) })
        let listed = ListedFiles(configuration)
        var owners: [String: String] = [:]
        let shelves = catalog.shelves.filter { drops.contains($0.directory) }
        for shelf in shelves {
            for (path, reason) in shelf.unreadable where !listed.contains(path) { refuse(path, reason) }
        }
        let files = shelves.flatMap(\.files).filter { !listed.contains($0) }
        for file in files.filter({ active.contains($0.path) }) + files.filter({ !active.contains($0.path) }) {
            let name = file.manifest.name
            if let kind = file.manifest.kinds.first(where: { owners[$0] != nil }), let owner = owners[kind] {
                refuse(file.path, "\(owner) is of the same kind \"\(kind)\"; remove one of them")
            } else if names.contains(name) {
                refuse(file.path, "the name \"\(name)\" is already taken by an entry of the configuration")
            } else {
                for kind in file.manifest.kinds { owners[kind] = file.path }
                plans.append(EntryPlan(dropped: file, modes[name] ?? .enforce, settings: configuration.settings))
            }
        }
        plans.sort { $0.name < $1.name }
    }

    private mutating func refuse(_ path: String, _ reason: String) {
        let problem = ConfigProblem(severity: .error, file: path, position: nil, path: "", message: reason)
        bad.append(.failed(nil, nil, [problem]))
    }
}

/// The files that entries of the configuration mean, by kind or by path; those of disabled entries too.
private struct ListedFiles {
    private let kinds: Set<String>
    private let files: Set<FileIdentity>

    init(_ configuration: RuntimeConfiguration) {
        kinds = Set(configuration.plugins.compactMap(\.kind?.value))
        let paths = configuration.plugins.compactMap(\.path?.value)
        files = Set(paths.compactMap { FileIdentity(configuration.absolute($0)) })
    }

    func contains(_ file: PluginFile) -> Bool {
        !kinds.isDisjoint(with: file.manifest.kinds) || contains(file.path)
    }

    func contains(_ path: String) -> Bool {
        FileIdentity(path).map(files.contains) ?? false
    }
}

extension EntryPlan {
    /// The plan of a file that no entry names: the manifest's defaults, at the usual priority.
    fileprivate init(dropped file: PluginFile, _ mode: PluginMode, settings: RuntimeSettings) {
        self.init(
            name: file.manifest.name,
            origin: Origin(entry: nil, file: file.path),
            subject: .plugin(path: file.path),
            manifest: file.manifest,
            configuration: [:],
            hooks: [],
            mode: mode,
            priority: 100,
            conditions: HookConditions(),
            timeout: settings.pluginTimeout,
            onError: nil,
            isRequired: false,
            allowsInline: true,
            isolation: settings.unlistedIsolation,
            process: ProcessSettings(),
            isSerial: false,
            sandbox: settings.sandbox,
            breaker: settings.breaker
        )
    }
}
