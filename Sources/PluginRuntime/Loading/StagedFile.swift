import PluginConfig
import PluginLoader
import PluginPayloads
import PluginStore

/// A private copy of a candidate, found fit to be probed.
struct StagedFile: Sendable {
    /// The file as the configuration names it.
    let path: String
    let stored: StoredFile
    let image: ELFImage
    let manifest: PluginManifest?
    /// Bundled libraries to open before it.
    let bundledLibraries: [String]
    /// Libraries that its own search path leads to, which a worker and a probe have to be able to read.
    private(set) var searchedLibraries: [String]

    /// Copies a file into the store, and checks the copy without running it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isPlugin: Whether it has to have a plugin's entry and manifest.
    ///   - trust: Which files are trusted.
    ///   - isolation: Where it runs.
    ///   - tools: The store and the bundled libraries.
    /// - Throws: Why the file is refused.
    init(
        path: String,
        isPlugin: Bool,
        trust: TrustPolicy,
        isolation: Isolation,
        tools: LoadingTools
    ) throws(LoadError) {
        do throws(StoreError) { stored = try tools.store.ingest(path: path, trust: trust) } catch {
            throw LoadError("\(error)")
        }
        self.path = path
        do throws(ELFError) {
            image = try ELFImage(stored.bytes)
            if let running = GlibcVersion.running { try image.checkLoadable(runningGlibc: running) }
            if isPlugin { try image.checkEntry() }
        } catch { throw LoadError("\(path): \(error)") }
        do throws(LoadError) {
            if isPlugin, let note = image.abi { try ABINegotiation.check(noteMajor: note.major, minor: note.minor) }
            manifest = isPlugin ? try PluginFile.manifest(of: image, at: path, trust) : nil
            bundledLibraries = try tools.libraries.closure(of: image)
            searchedLibraries = try SearchedLibraries.paths(of: image, bundledLibraries, trust, isolation, tools)
        } catch { throw LoadError("\(path): \(error)") }
    }

    /// The same copy, for where it runs instead; which libraries it finds depends on that.
    ///
    /// - Throws: Why it is refused there.
    func moved(to isolation: Isolation, trust: TrustPolicy, tools: LoadingTools) throws(LoadError) -> StagedFile {
        var moved = self
        do throws(LoadError) {
            moved.searchedLibraries = try SearchedLibraries.paths(of: image, bundledLibraries, trust, isolation, tools)
        } catch { throw LoadError("\(path): \(error)") }
        return moved
    }

    /// Maps the copy into this process.
    ///
    /// - Parameters:
    ///   - tools: The libraries that it needs, and the images that are mapped already.
    ///   - journalNumber: What the crash journal calls the plugin; 0 if there is none.
    ///   - symbol: A symbol of the library, by which its code is found.
    /// - Returns: The image.
    /// - Throws: What the loader says.
    func load(_ tools: LoadingTools, _ journalNumber: UInt32, symbol: String) throws(LoadError) -> SharedLibrary {
        try BundledLibraries.open(bundledLibraries)
        // Its constructors run while it is mapped.
        let library = try JournalMark(plugin: journalNumber, "load").around { () throws(LoadError) in
            try tools.images.image(digest: stored.digest, path: stored.path, isPinned: image.isPinned)
        }
        library.note(inJournalAs: journalNumber, symbol: symbol)
        return library
    }
}

/// What loading works with, for the life of a runtime.
struct LoadingTools: Sendable {
    let store: ContentStore
    let prober: Prober
    let workerLibraries: WorkerLibraries
    let libraries: BundledLibraries
    let images: ImageCache
    let manifests: ManifestCache
    let sandboxNotice: SandboxNotice

    /// Opens the store and the worker's executable.
    ///
    /// - Throws: Which of them cannot be used.
    init(_ options: RuntimeOptions) throws(LoadError) {
        do throws(StoreError) { store = try ContentStore(directory: options.storeDirectory) } catch {
            throw LoadError("\(error)")
        }
        prober = try Prober(worker: options.workerPath)
        workerLibraries = WorkerLibraries(worker: options.workerPath)
        libraries = BundledLibraries(directory: options.libraryDirectory)
        images = ImageCache()
        manifests = ManifestCache()
        sandboxNotice = SandboxNotice(logger: options.logger)
    }
}
