import PluginLoader
import Synchronization

/// The libraries that every worker has mapped before it maps a plugin.
final class WorkerLibraries: Sendable {
    private let worker: String
    private let names = Mutex<Set<String>?>(nil)

    init(worker: String) {
        self.worker = worker
    }

    /// Whether a library is one of them, by its name without a path.
    ///
    /// What cannot be read is none, so that less is trusted.
    func contains(_ name: String) -> Bool {
        names.withLock { names in
            let known = names ?? Self.names(of: worker)
            names = known
            return known.contains(name)
        }
    }

    /// What a program is linked to, and what the libraries are linked to that its search path leads to.
    private static func names(of program: String) -> Set<String> {
        var names: Set<String> = []
        var open = [program]
        while let path = open.popLast() {
            guard let bytes = FileBytes.read(path), let linkage = try? ELFLinkage(bytes) else { continue }
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            let folders = linkage.folders(origin: folder)
            for name in linkage.needed where names.insert(name).inserted {
                let places = folders.map { "\($0)/\(name)" }
                if let place = places.first(where: { FileIdentity($0)?.isRegular == true }) { open.append(place) }
            }
        }
        return names
    }
}
