import PluginConfig
import PluginLoader
import PluginPayloads
import PluginStore
import YAMLTree

/// A plugin's file as it lies in a directory.
struct PluginFile: Sendable, Hashable {
    let path: String
    let manifest: PluginManifest

    /// Reads the manifest of a file: the section in it, else the `plugin-manifest.yaml` beside it.
    ///
    /// - Parameters:
    ///   - image: The file's content.
    ///   - path: The file.
    ///   - trust: What the file beside it has to fulfil, if what it says is going to count.
    /// - Returns: The manifest; `nil` if there is none.
    /// - Throws: That it is no shared library, or has no readable manifest.
    static func manifest(
        of image: ELFImage,
        at path: String,
        _ trust: TrustPolicy = TrustPolicy(checksOwners: false)
    ) throws(LoadError) -> PluginManifest? {
        if let section = image.manifest { return try PluginManifest(section: section) }
        let beside = manifestPath(beside: path)
        guard FileIdentity(beside) != nil else { return nil }
        let bytes: [UInt8]
        do throws(StoreError) {
            if trust.asksForContent { throw .untrusted(path: path, .uncoveredManifest(path: beside)) }
            bytes = try trust.bytes(of: beside, limit: YAMLLimits().bytes)
        } catch { throw LoadError("\(error)") }
        let loaded = ConfigurationLoader.parseValue(bytes, file: beside)
        guard let value = loaded.content else { throw LoadError(loaded.report) }
        return try PluginManifest(value)
    }

    /// Where a manifest may lie that speaks for a file without one of its own.
    static func manifestPath(beside path: String) -> String {
        (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + "plugin-manifest.yaml"
    }

    /// Reads a file that has to say what it is.
    init(path: String) throws(LoadError) {
        guard let bytes = FileBytes.read(path) else {
            throw LoadError("it cannot be read, is no regular file, or has more than 512 MiB")
        }
        let image: ELFImage
        do throws(ELFError) { image = try ELFImage(bytes) } catch { throw LoadError("\(error)") }
        guard let manifest = try Self.manifest(of: image, at: path) else {
            throw LoadError(
                "it has no manifest, so only an entry with `path:` can load it; add one with HG_MANIFEST, or put a "
                    + "plugin-manifest.yaml beside it"
            )
        }
        self.path = path
        self.manifest = manifest
    }
}
