import PluginLoader
import Synchronization

/// The images that are mapped now, by the digest of their content.
///
/// The cache does not keep an image: when the last instance is gone, so is the mapping of one that is not pinned.
final class ImageCache: Sendable {
    private struct Reference {
        weak var library: SharedLibrary?
    }

    private let images = Mutex<[String: Reference]>([:])

    /// The image of a stored file: the one that is mapped, or a new one.
    func image(digest: String, path: String, isPinned: Bool) throws(LoadError) -> SharedLibrary {
        if let library = images.withLock({ $0[digest]?.library }) { return library }
        let library = try SharedLibrary(path: path, isPinned: isPinned)
        images.withLock { $0[digest] = Reference(library: library) }
        return library
    }

    /// The digests of all images that are mapped.
    var digests: Set<String> {
        images.withLock { images in
            images = images.filter { $0.value.library != nil }
            return Set(images.keys)
        }
    }
}
