import Glibc

/// A shared library that is mapped into this process.
///
/// The last reference unmaps it, unless it is pinned. Every call into the library holds a reference.
/// `@unchecked Sendable`: the handle is never written, and the loader's functions may be called from any thread.
@safe
package final class SharedLibrary: @unchecked Sendable {
    package let path: String
    /// Whether it stays mapped for the rest of the process.
    package let isPinned: Bool
    private let handle: UnsafeMutableRawPointer

    /// Maps a library and runs its constructors.
    ///
    /// - Parameters:
    ///   - path: An absolute path to a file that nobody changes any more.
    ///   - isPinned: Keeps it mapped: unmapping an image that has the Swift runtime or threads crashes later.
    /// - Throws: The loader's message.
    package init(path: String, isPinned: Bool) throws(LoadError) {
        // All symbols are bound now, so that a missing one is found here and not in the first call.
        let flags = RTLD_NOW | RTLD_LOCAL | (isPinned ? RTLD_NODELETE : 0)
        guard let handle = unsafe dlopen(path, flags) else { throw LoadError(Self.loaderMessage()) }
        self.path = path
        self.isPinned = isPinned
        unsafe self.handle = unsafe handle
    }

    deinit {
        if !isPinned { unsafe dlclose(handle) }
    }

    /// The address of an exported symbol; valid as long as this library.
    @unsafe
    package func address(of symbol: String) -> UnsafeMutableRawPointer? {
        unsafe dlsym(handle, symbol)
    }

    private static func loaderMessage() -> String {
        guard let message = unsafe dlerror() else { return "the loader gives no reason" }
        return unsafe String(cString: message)
    }
}
