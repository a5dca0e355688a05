import CJournal
import Glibc
import Synchronization

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
    /// Where the crash journal notes that the image is mapped; 0 if it does not.
    private let journalNote = Atomic<UInt32>(0)

    /// Maps a library and runs its constructors.
    ///
    /// - Parameters:
    ///   - path: An absolute path to a file that nobody changes any more.
    ///   - isPinned: Keeps it mapped: unmapping an image that has the Swift runtime or threads crashes later.
    /// - Throws: The loader's message.
    package init(path: String, isPinned: Bool) throws(LoadError) {
        // All symbols are bound now, so that a missing one is found here and not in the first call.
        let flags = RTLD_NOW | RTLD_LOCAL | (isPinned ? RTLD_NODELETE : 0)
        guard let handle = unsafe dlopen(path, flags) else { throw LoadError(LoaderMessage.last(about: path)) }
        self.path = path
        self.isPinned = isPinned
        unsafe self.handle = unsafe handle
    }

    /// Maps a library that is open already, and runs its constructors.
    ///
    /// - Throws: The loader's message.
    package convenience init(_ file: LibraryFile, isPinned: Bool) throws(LoadError) {
        try self.init(path: file.openPath, isPinned: isPinned)
    }

    /// A library of the system that this process has mapped already, such as the C library; `nil` if it has not.
    ///
    /// A second copy of it would have a memory allocator, threads and files of its own.
    ///
    /// - Parameter name: The name by which others need it.
    package init?(mapped name: String) {
        guard let handle = unsafe dlopen(name, RTLD_NOW | RTLD_NOLOAD) else { return nil }
        path = name
        isPinned = false
        unsafe self.handle = unsafe handle
    }

    deinit {
        guard !isPinned else { return }
        hookgate_journal_remove_image(journalNote.load(ordering: .relaxed))
        unsafe dlclose(handle)
    }

    /// Has the crash journal know the code of this image as that of a plugin; once, for the first one.
    ///
    /// - Parameters:
    ///   - plugin: The plugin's number in the journal; 0 for none.
    ///   - symbol: A symbol of the image.
    package func note(inJournalAs plugin: UInt32, symbol: String) {
        guard plugin != 0, journalNote.load(ordering: .relaxed) == 0, let address = unsafe address(of: symbol) else {
            return
        }
        let note = unsafe hookgate_journal_add_image(plugin, address)
        let (isFirst, _) = journalNote.compareExchange(expected: 0, desired: note, ordering: .relaxed)
        if !isFirst { hookgate_journal_remove_image(note) }
    }

    /// The address of an exported symbol; valid as long as this library.
    @unsafe
    package func address(of symbol: String) -> UnsafeMutableRawPointer? {
        unsafe dlsym(handle, symbol)
    }

    /// Whether a library is mapped into this process under a name without a path, such as `libswiftCore.so`.
    package static func isMapped(name: String) -> Bool {
        guard let handle = unsafe dlopen(name, RTLD_LAZY | RTLD_NOLOAD) else { return false }
        unsafe dlclose(handle)
        return true
    }
}

/// What the system's loader says when it cannot map a library.
private enum LoaderMessage {
    /// The last message of this thread, without the path that its reader knows, and with the mend.
    static func last(about path: String) -> String {
        guard let message = unsafe dlerror() else { return "the loader gives no reason" }
        let text = unsafe String(cString: message)
        let prefix = "\(path): "
        return mended(text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
    }

    private static func mended(_ text: String) -> String {
        if text.hasPrefix("undefined symbol: ") { return text + "; link the library that has it, by -l" }
        if text.hasSuffix("cannot open shared object file: No such file or directory") {
            return text + "; install that library, or build without it"
        }
        return text
    }
}
