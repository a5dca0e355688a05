import PluginConfig
import PluginHooks
import PluginLoader

/// Files in the drop directories that no entry names, and that are loaded all the same if the settings say so.
struct UnlistedFiles: Sendable {
    private(set) var plans: [EntryPlan] = []
    /// Files that cannot be loaded.
    private(set) var bad: [PlanResult] = []

    /// - Parameters:
    ///   - catalog: What lies where.
    ///   - results: What became of the entries.
    init(_ configuration: RuntimeConfiguration, _ catalog: PluginCatalog, besides results: [PlanResult]) {
        guard configuration.settings.loadUnlisted else { return }
        let drops = Set(configuration.dropDirectories.map { configuration.absolute($0.value) })
        // A kind that an entry names is the entry's, wherever its file lies.
        let named = Set(configuration.plugins.compactMap(\.kind?.value))
        var names = Set(results.map(\.name))
        var paths: [String: String] = [:]
        for shelf in catalog.shelves where drops.contains(shelf.directory) {
            for (path, reason) in shelf.unreadable { refuse(path, reason) }
            for file in shelf.files where named.isDisjoint(with: file.manifest.kinds) {
                if results.contains(where: { $0.path == file.path }) { continue }
                let name = file.manifest.name
                if let other = paths[name] {
                    refuse(file.path, "\(other) is of the same kind \"\(name)\"; remove one of them")
                } else if !names.insert(name).inserted {
                    refuse(file.path, "the name \"\(name)\" is already taken by an entry of the configuration")
                } else {
                    paths[name] = file.path
                    plans.append(EntryPlan(dropped: file, settings: configuration.settings))
                }
            }
        }
        plans.sort { $0.name < $1.name }
    }

    private mutating func refuse(_ path: String, _ reason: String) {
        let problem = ConfigProblem(severity: .error, file: path, position: nil, path: "", message: reason)
        bad.append(.failed(nil, nil, [problem]))
    }
}

extension EntryPlan {
    /// The plan of a file that no entry names: the manifest's defaults, enforced, at the usual priority.
    fileprivate init(dropped file: PluginFile, settings: RuntimeSettings) {
        self.init(
            name: file.manifest.name, origin: Origin(entry: nil, file: file.path), subject: .plugin(path: file.path),
            configuration: [:], hooks: [], mode: .enforce, priority: 100, conditions: HookConditions(),
            timeout: settings.pluginTimeout, onError: nil, isRequired: false, allowsInline: true, isSerial: false)
    }
}
