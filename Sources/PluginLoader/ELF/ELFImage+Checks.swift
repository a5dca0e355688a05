extension ELFImage {
    /// The one symbol that a plugin exports.
    package static let entryName = "hg_plugin_entry_v1"

    /// Static thread-local storage comes out of a reserve of less than 2 KiB that all libraries of a process share.
    package static let maximumStaticTLS: UInt64 = 1024

    /// Refuses what `dlopen` would refuse, or accept at the cost of the whole process.
    package func checkLoadable(runningGlibc: GlibcVersion) throws(ELFError) {
        if hasTextRelocations { throw .textRelocations }
        if hasStaticTLS, tlsSize > Self.maximumStaticTLS {
            throw .staticTLS(size: tlsSize, limit: Self.maximumStaticTLS)
        }
        if let glibc, glibc.version > runningGlibc { throw .newerGlibc(glibc, running: runningGlibc) }
        try linkage.check()
    }

    /// Refuses a library that is not a plugin.
    ///
    /// Not for libraries whose functions are bound by `kind: ffi`: they have no entry.
    package func checkEntry() throws(ELFError) {
        guard let entry = export(named: Self.entryName) else { throw .noEntry(exported: namesLikeEntry) }
        guard entry.kind == .function || entry.kind == .untyped else { throw .entryIsNoFunction }
    }

    private var namesLikeEntry: [String] {
        let names = exports.map(\.name).filter { $0.hasPrefix("hg_") || $0.contains("plugin") || $0.contains("entry") }
        return Array(names.sorted().prefix(5))
    }
}
