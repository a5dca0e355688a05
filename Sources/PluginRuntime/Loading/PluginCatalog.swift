import PluginLoader
import Synchronization

/// The plugin files in the directories that are searched, and what they say they are.
struct PluginCatalog: Sendable {
    /// One directory: what is in it, and what could not be read.
    struct Shelf: Sendable {
        let directory: String
        var files: [PluginFile] = []
        var unreadable: [(path: String, reason: String)] = []
    }

    let shelves: [Shelf]
    /// Directories that do not exist.
    let missing: [String]

    /// Looks into directories, in order.
    init(directories: [String], cache: ManifestCache) {
        var shelves: [Shelf] = []
        var missing: [String] = []
        for directory in directories {
            guard let names = Directory.names(in: directory) else {
                missing.append(directory)
                continue
            }
            var shelf = Shelf(directory: directory)
            for name in names where name.hasSuffix(".so") {
                let path = "\(directory)/\(name)"
                do throws(LoadError) {
                    shelf.files.append(try cache.file(at: path))
                } catch {
                    shelf.unreadable.append((path, error.description))
                }
            }
            shelves.append(shelf)
        }
        self.shelves = shelves
        self.missing = missing
    }

    /// The file that an entry's `kind` means: the first directory that has it decides.
    ///
    /// - Throws: That none has it, or that two files of one directory do.
    func file(ofKind kind: String) throws(LoadError) -> PluginFile {
        for shelf in shelves {
            let claimants = shelf.files.filter { $0.manifest.kinds.contains(kind) }
            guard claimants.count < 2 else {
                let paths = claimants.map(\.path).joined(separator: " and ")
                throw LoadError("both \(paths) are of kind \"\(kind)\"; remove one, or name the other by `path:`")
            }
            if let file = claimants.first { return file }
        }
        throw LoadError("no plugin of kind \"\(kind)\" in \(places)\(suspects)")
    }

    /// All kinds that can be named.
    var kinds: [String] { shelves.flatMap { $0.files.flatMap(\.manifest.kinds) } }

    private var places: String {
        let searched = shelves.map(\.directory) + missing.map { "\($0) (which does not exist)" }
        return searched.isEmpty ? "any directory, because none is configured" : searched.joined(separator: ", ")
    }

    private var suspects: String {
        let unreadable = shelves.flatMap(\.unreadable)
        guard !unreadable.isEmpty else { return "" }
        return "; not readable there: " + unreadable.map { "\($0.path): \($0.reason)" }.joined(separator: "; ")
    }
}

/// Manifests that were read before, as long as their files have not changed.
final class ManifestCache: Sendable {
    /// The file, and the one beside it that may speak for it.
    private struct Identity: Hashable {
        let file: FileIdentity
        let manifest: FileIdentity?
    }

    private let known = Mutex<[String: (identity: Identity, file: Result<PluginFile, LoadError>)]>([:])

    func file(at path: String) throws(LoadError) -> PluginFile {
        guard let own = FileIdentity(path), own.isRegular else { throw LoadError("it is no regular file") }
        let identity = Identity(file: own, manifest: FileIdentity(PluginFile.manifestPath(beside: path)))
        if let entry = known.withLock({ $0[path] }), entry.identity == identity { return try entry.file.get() }
        let file = Result { () throws(LoadError) in try PluginFile(path: path) }
        known.withLock { $0[path] = (identity, file) }
        return try file.get()
    }
}
