import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads

/// Finds out what an entry of the configuration means: which file, which function.
struct EntryResolver: Sendable {
    let configuration: RuntimeConfiguration
    let catalog: PluginCatalog

    /// The plan of an entry.
    ///
    /// - Throws: The one problem that keeps it from being found.
    func plan(for entry: PluginConfig.PluginEntry) throws(ConfigProblem) -> EntryPlan {
        entry.plan(try subject(of: entry), file: configuration.file, settings: configuration.settings)
    }

    private func subject(of entry: PluginConfig.PluginEntry) throws(ConfigProblem) -> EntryPlan.Subject {
        let origin = EntryPlan.Origin(entry: entry, file: configuration.file)
        if let binding = entry.binding { return try function(binding, origin) }
        if let path = entry.path { return .plugin(path: configuration.absolute(path.value)) }
        guard let kind = entry.kind else { throw origin.problem("neither `kind` nor `path` names a plugin") }
        do throws(LoadError) {
            return .plugin(path: try catalog.file(ofKind: kind.value).path)
        } catch {
            throw origin.problem(error.description, at: kind, key: "kind")
        }
    }

    private func function(
        _ binding: FunctionBinding, _ origin: EntryPlan.Origin
    ) throws(ConfigProblem) -> EntryPlan.Subject {
        let signature: FunctionSignature
        do throws(SignatureError) {
            signature = try FunctionSignature(parsing: binding.signature.value, allowsCall: false)
        } catch {
            throw origin.problem("\(error)", at: binding.signature, key: "config.signature")
        }
        let library = binding.library.value
        // A name without a slash is the system loader's to find.
        return .function(
            binding, signature: signature, library: library.contains("/") ? configuration.absolute(library) : library)
    }
}

extension RuntimeConfiguration {
    /// A path of the configuration: one that is not absolute counts from the folder of the file.
    func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }
}
