import PluginLoader
import Synchronization

/// The images that are mapped now, by the digest of their content.
///
/// The cache does not keep an image: when the last instance is gone, so is the mapping of one that is not pinned.
final class ImageCache: Sendable {
    private struct Reference {
        weak var library: SharedLibrary?
    }

    private struct User {
        let digest: String
        weak var object: AnyObject?
    }

    private let images = Mutex<[String: Reference]>([:])
    /// Who has processes map a stored file.
    private let users = Mutex<[User]>([])

    /// The image of a stored file: the one that is mapped, or a new one.
    func image(digest: String, path: String, isPinned: Bool) throws(LoadError) -> SharedLibrary {
        if let library = images.withLock({ $0[digest]?.library }) { return library }
        let library = try SharedLibrary(path: path, isPinned: isPinned)
        images.withLock { $0[digest] = Reference(library: library) }
        return library
    }

    /// Keeps a stored file as long as an object lives, which has processes map it.
    func keep(digest: String, for object: any AnyObject & Sendable) {
        users.withLock { $0.append(User(digest: digest, object: object)) }
    }

    /// The digests of all stored files that are mapped, or may be mapped again.
    var digests: Set<String> {
        let mapped = images.withLock { images in
            images = images.filter { $0.value.library != nil }
            return Set(images.keys)
        }
        let kept = users.withLock { users in
            users.removeAll { $0.object == nil }
            return users.map(\.digest)
        }
        return mapped.union(kept)
    }
}
