import PluginConfig
import PluginLoader
import PluginStore

/// The libraries that a file needs, directly or through others, and that its own search path (DT_RUNPATH) leads to.
///
/// The author of a plugin writes that path. So a sandboxed process may read no folder on account of it but single
/// libraries, and a library is mapped only from where nobody can have put it who is not trusted.
struct SearchedLibraries {
    private let trust: TrustPolicy
    private let tools: LoadingTools
    private let isolation: Isolation
    /// Names that are looked for no more.
    private var seen: Set<String>
    private var paths: [String] = []

    /// Looks the libraries up, as the loader will.
    ///
    /// - Parameters:
    ///   - image: The file.
    ///   - bundled: Bundled libraries that are opened before it, and so not searched for.
    ///   - trust: Which files are trusted.
    ///   - isolation: Where the file runs.
    ///   - tools: The store, from which the file is mapped, and what its worker has mapped.
    /// - Returns: Their absolute paths without symbolic links.
    /// - Throws: Which folder or library of the search path is not trusted, and why.
    static func paths(
        of image: ELFImage,
        _ bundled: [String],
        _ trust: TrustPolicy,
        _ isolation: Isolation,
        _ tools: LoadingTools
    ) throws(LoadError) -> [String] {
        let names = bundled.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        var search = SearchedLibraries(trust.withAnyContent, isolation, tools, seen: Set(names))
        try search.follow(image.linkage, origin: tools.store.directory)
        return search.paths
    }

    private init(_ trust: TrustPolicy, _ isolation: Isolation, _ tools: LoadingTools, seen: Set<String>) {
        (self.trust, self.isolation, self.tools, self.seen) = (trust, isolation, tools, seen)
    }

    /// Whether the process in which the file runs has mapped a library, and so does not search for it.
    private func isMapped(_ name: String) -> Bool {
        isolation == .process ? tools.workerLibraries.contains(name) : SharedLibrary.isMapped(name: name)
    }

    private mutating func follow(_ linkage: ELFLinkage, origin: String) throws(LoadError) {
        var open = [(linkage, origin)]
        while let (linkage, origin) = open.popLast() {
            let folders = linkage.folders(origin: origin).filter { FileIdentity($0)?.isDirectory == true }
            guard !folders.isEmpty else { continue }
            for name in linkage.needed where !name.contains("/") && seen.insert(name).inserted {
                // What is mapped is not searched for where the file runs, but a probe may have to.
                let trust = isMapped(name) ? TrustPolicy(checksOwners: false) : trust
                guard let found = try find(name, in: folders, trust) else { continue }
                paths.append(found.path)
                open.append((found.linkage, found.folder))
            }
        }
    }

    /// The library of that name that comes first.
    private func find(
        _ name: String,
        in folders: [String],
        _ trust: TrustPolicy
    ) throws(LoadError) -> (path: String, folder: String, linkage: ELFLinkage)? {
        for folder in folders {
            do throws(StoreError) {
                // Also where there is none yet: whoever can write there could bring one.
                try trust.check(directory: folder)
                let path = "\(folder)/\(name)"
                guard FileIdentity(path)?.isRegular == true, let real = Paths.real(path) else { continue }
                let bytes = try trust.bytes(of: path)
                // What is no library is not the loader's to read, whatever it is.
                guard let linkage = try? ELFLinkage(bytes) else { continue }
                return (real, folder, linkage)
            } catch { throw LoadError("its search path (DT_RUNPATH) leads to \(error)") }
        }
        return nil
    }
}
