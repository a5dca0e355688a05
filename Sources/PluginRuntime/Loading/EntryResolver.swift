import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads

/// Finds out what an entry of the configuration means: which file, which function.
struct EntryResolver: Sendable {
    let configuration: RuntimeConfiguration
    let catalog: PluginCatalog
    let manifests: ManifestCache

    /// The plan of an entry.
    ///
    /// - Throws: The one problem that keeps it from being found.
    func plan(for entry: PluginConfig.PluginEntry) throws(ConfigProblem) -> EntryPlan {
        let (subject, manifest) = try find(entry)
        return entry.plan(subject, manifest, file: configuration.file, settings: configuration.settings)
    }

    private func find(
        _ entry: PluginConfig.PluginEntry
    ) throws(ConfigProblem) -> (subject: EntryPlan.Subject, manifest: PluginManifest?) {
        let origin = EntryPlan.Origin(entry: entry, file: configuration.file)
        if let binding = entry.binding { return (try function(binding, origin), nil) }
        if let path = entry.path {
            let path = configuration.absolute(path.value)
            return (.plugin(path: path), try? manifests.file(at: path).manifest)
        }
        guard let kind = entry.kind else { throw origin.problem("neither `kind` nor `path` names a plugin") }
        do throws(LoadError) {
            let file = try catalog.file(ofKind: kind.value)
            return (.plugin(path: file.path), file.manifest)
        } catch {
            throw origin.problem(error.description, at: kind, key: "kind")
        }
    }

    private func function(
        _ binding: FunctionBinding,
        _ origin: EntryPlan.Origin
    ) throws(ConfigProblem) -> EntryPlan.Subject {
        let signature: FunctionSignature
        do throws(SignatureError) {
            signature = try FunctionSignature(parsing: binding.signature.value, allowsCall: false)
        } catch {
            throw origin.problem("\(error)", at: binding.signature, key: "config.signature")
        }
        if let lost = signature.lostPath(in: HookName(binding.hook.value)) {
            throw origin.problem("signature: \(lost)", at: binding.signature, key: "config.signature")
        }
        let library = binding.library.value
        // A name without a slash is the system loader's to find.
        return .function(
            binding,
            signature: signature,
            library: library.contains("/") ? configuration.absolute(library) : library
        )
    }
}

extension RuntimeConfiguration {
    /// A path of the configuration: one that is not absolute counts from the folder of the file.
    func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }
}
