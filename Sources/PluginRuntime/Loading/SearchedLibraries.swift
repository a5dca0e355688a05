import PluginLoader
import PluginStore

/// The libraries that a file needs, directly or through others, and that its own search path (DT_RUNPATH) leads to.
///
/// The author of a plugin writes that path. So a sandboxed process may read no folder on account of it but single
/// libraries, and a library is mapped only from where nobody can have put it who is not trusted.
struct SearchedLibraries {
    private let trust: TrustPolicy
    /// Names that are looked for no more.
    private var seen: Set<String>
    private var paths: [String] = []

    /// Looks the libraries up, as the loader will.
    ///
    /// - Parameters:
    ///   - image: The file.
    ///   - bundled: Bundled libraries that are opened before it, and so not searched for.
    ///   - trust: Which files are trusted.
    ///   - store: Where the file is mapped from.
    /// - Returns: Their absolute paths without symbolic links.
    /// - Throws: Which folder or library of the search path is not trusted, and why.
    static func paths(
        of image: ELFImage,
        _ bundled: [String],
        _ trust: TrustPolicy,
        _ store: ContentStore
    ) throws(LoadError) -> [String] {
        let names = bundled.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        var search = SearchedLibraries(trust: trust.withAnyContent, seen: Set(names))
        try search.follow(image.linkage, origin: store.directory)
        return search.paths
    }

    private init(trust: TrustPolicy, seen: Set<String>) {
        (self.trust, self.seen) = (trust, seen)
    }

    private mutating func follow(_ linkage: ELFLinkage, origin: String) throws(LoadError) {
        var open = [(linkage, origin)]
        while let (linkage, origin) = open.popLast() {
            let folders = linkage.folders(origin: origin).filter { FileIdentity($0)?.isDirectory == true }
            for name in linkage.needed where !name.contains("/") && seen.insert(name).inserted {
                // What this process has mapped is not searched for here, but a worker may have to.
                let trust = SharedLibrary.isMapped(name: name) ? TrustPolicy(checksOwners: false) : trust
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
