import PluginLoader
import TestSupport
import Testing

@Suite("A shared library")
struct SharedLibraryTests {
    @Test("is unmapped with its last reference, unless it is pinned", arguments: [false, true])
    func isUnmapped(isPinned: Bool) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.copy(FixturePlugin.path("does_nothing"), to: "plugin.so")
        var libraries = try (0..<2).map { _ in try SharedLibrary(path: path, isPinned: isPinned) }
        #expect(libraries.map(\.isPinned) == [isPinned, isPinned])
        libraries.removeLast()
        #expect(try Self.isMapped(path))
        libraries.removeLast()
        #expect(try Self.isMapped(path) == isPinned)
    }

    private static func isMapped(_ path: String) throws -> Bool {
        try Files.readText("/proc/self/maps").split(separator: "\n").contains { $0.hasSuffix(path) }
    }

    @Test("that is missing, or needs something that is missing, is refused")
    func isRefused() throws {
        let text = "libhookgate_absent.so.1: cannot open shared object file: No such file or directory"
        #expect(throws: LoadError("\(text); install that library, or build without it")) {
            try SharedLibrary(path: FixturePlugin.path("missing_library"), isPinned: false)
        }
        #expect(throws: LoadError("undefined symbol: hookgate_undefined; link the library that has it, by -l")) {
            try SharedLibrary(path: FixturePlugin.path("undefined_symbol"), isPinned: false)
        }
        let missing = "cannot open shared object file: No such file or directory"
        #expect(throws: LoadError("\(missing); install that library, or build without it")) {
            try SharedLibrary(path: "/nowhere/plugin.so", isPinned: false)
        }
    }

    @Test("has the addresses of what it exports, and of nothing else")
    func findsSymbols() throws {
        let library = try SharedLibrary(path: FixturePlugin.path("does_nothing"), isPinned: false)
        #expect(unsafe library.address(of: "hg_plugin_entry_v1") != nil)
        #expect(unsafe library.address(of: "hook") == nil)
        #expect(unsafe library.address(of: "control_open") == nil)
    }
}
