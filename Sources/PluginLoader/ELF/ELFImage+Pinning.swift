extension ELFImage {
    /// Whether it must stay mapped once it was opened.
    package var isPinned: Bool { pinReason != nil }

    /// Why it must stay mapped, or nil if it can be unloaded.
    package var pinReason: String? {
        if let library = needed.first(where: Self.isSwiftLibrary) {
            return "needs \(library), and the Swift runtime keeps pointers into every library that it has seen"
        }
        if toolchain.isSwift {
            return "contains Swift code, and the Swift runtime keeps pointers into every library that it has seen"
        }
        for symbol in imports {
            if let danger = Self.dangers[symbol.name] { return "imports \(symbol.name), and \(danger)" }
            if symbol.name.hasPrefix(Self.startOfCppThread) { return "starts C++ threads, and \(Self.threads)" }
        }
        if let unique = exports.first(where: { $0.binding == .unique }) {
            return "exports the unique symbol \(unique.name), which the dynamic loader never unloads"
                + " (g++ makes none with -fno-gnu-unique)"
        }
        return isNeverUnloaded ? "was linked with -z nodelete" : nil
    }

    private static let swiftLibraries = [
        "libswift", "libFoundation", "lib_Foundation", "libdispatch", "libBlocksRuntime",
    ]

    private static func isSwiftLibrary(_ name: String) -> Bool {
        swiftLibraries.contains { name.hasPrefix($0) }
    }

    /// `std::thread::_M_start_thread`, which newer C++ libraries have instead of an import of `pthread_create`.
    private static let startOfCppThread = "_ZNSt6thread15_M_start_thread"

    private static let threads = "a thread that outlives the library would run unmapped code"
    private static let threadExit = "a destructor at a thread's exit would run unmapped code"
    private static let processExit = "a function at the process's exit would run unmapped code"
    private static let signals = "a signal handler would run unmapped code"

    /// What leaves pointers into the library behind.
    ///
    /// `__cxa_atexit` is not among them: what it registers runs at `dlclose`.
    private static let dangers = [
        "pthread_create": threads, "thrd_create": threads, "clone": threads, "timer_create": threads,
        "pthread_key_create": threadExit, "tss_create": threadExit, "__cxa_thread_atexit": threadExit,
        "__cxa_thread_atexit_impl": threadExit,
        "atexit": processExit, "on_exit": processExit, "at_quick_exit": processExit,
        "__cxa_at_quick_exit": processExit,
        "signal": signals, "sigaction": signals,
    ]
}
