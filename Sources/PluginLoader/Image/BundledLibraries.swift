import Glibc
import Synchronization

/// The libraries that come with the installation, in a folder beside the executables.
///
/// An executable finds them by its search path, but a plugin's own needs are not served by that: they are opened by
/// absolute path before the plugin is.
package final class BundledLibraries: Sendable {
    private let directory: String?
    /// The needs of a bundled library by its path, since reading a large one takes milliseconds.
    private let known = Mutex<[String: [String]?]>([:])

    /// - Parameter directory: The folder; `nil` if there is none.
    package init(directory: String?) {
        self.directory = directory
    }

    /// The paths of the libraries that an image needs, dependencies first.
    package func closure(of image: ELFImage) throws(LoadError) -> [String] {
        guard let directory else { return [] }
        do throws(LibraryClosure.Failure) {
            return try LibraryClosure.paths(of: image.needed, in: directory) { path throws(ELFError) in
                try needs(of: path)
            }
        } catch {
            throw LoadError("bundled library \(error)")
        }
    }

    /// Maps libraries before the image that needs them, for the rest of the process.
    ///
    /// A library whose name is mapped already is left out: a program that embeds the runtime may bring the Swift runtime
    /// from elsewhere, the image is bound to that, and a second one in the process would keep types of its own.
    ///
    /// - Parameter paths: Where they are, dependencies first.
    /// - Throws: Which one the loader refuses, and why.
    package static func open(_ paths: [String]) throws(LoadError) {
        for path in paths {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if SharedLibrary.isMapped(name: name) { continue }
            do throws(LoadError) { _ = try SharedLibrary(path: path, isPinned: true) } catch {
                throw LoadError("bundled library \(path): \(error)")
            }
        }
    }

    /// Does the same with files that are open already.
    package static func open(_ files: [LibraryFile]) throws(LoadError) {
        for file in files {
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            if SharedLibrary.isMapped(name: name) { continue }
            do throws(LoadError) { _ = try SharedLibrary(file, isPinned: true) } catch {
                throw LoadError("bundled library \(file.path): \(error)")
            }
        }
    }

    private func needs(of path: String) throws(ELFError) -> [String]? {
        if let known = known.withLock({ $0[path] }) { return known }
        let needs = try FileBytes.read(path).map { (bytes) throws(ELFError) in try ELFLinkage(bytes).needed }
        known.withLock { $0[path] = .some(needs) }
        return needs
    }
}

/// Whole files.
package enum FileBytes {
    /// More than any library has; what is larger would only use up memory.
    private static let sizeLimit = 512 << 20

    /// The content of a regular file; `nil` if there is none that can be read.
    package static func read(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
            information.st_size <= sizeLimit
        else { return nil }
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(information.st_size)) { buffer, count in
            while count < buffer.count {
                let rest = buffer.count - count
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, rest)
                guard got > 0 || (got < 0 && errno == EINTR) else { break }
                count += max(0, got)
            }
        }
    }
}
