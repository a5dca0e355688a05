import PluginLoader
import TestSupport
import Testing

@Suite("Bundled libraries in the process")
struct BundledLibrariesTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test("a library that the process does not have is mapped, for good")
    func mapsMissing() throws {
        let name = "libhookgate_test_missing.so"
        let library = try Workshop.library("int it = 1;", flags: "-Wl,-soname,\(name)")
        let path = try directory.write(library, to: name)
        #expect(!SharedLibrary.isMapped(name: name))

        try BundledLibraries.open([path])
        #expect(SharedLibrary.isMapped(name: name))
        #expect(try mappedPaths().contains(path))
    }

    @Test("a second copy of the Swift runtime is not mapped")
    func leavesOutPresent() throws {
        let running = try #require(try mappedPaths().first { $0.hasSuffix("/libswiftCore.so") })
        try BundledLibraries.open([directory.copy(running, to: "libswiftCore.so")])
        #expect(try mappedPaths().filter { $0.hasSuffix("/libswiftCore.so") } == [running])
    }

    @Test("a library that cannot be mapped is named")
    func namesBroken() throws {
        let path = try directory.write("text", to: "libhookgate_test_broken.so")
        #expect(throws: LoadError("bundled library \(path): file too short")) { try BundledLibraries.open([path]) }
    }

    private func mappedPaths() throws -> Set<String> {
        let lines = try Files.readText("/proc/self/maps").split(separator: "\n")
        return Set(lines.compactMap { line in line.firstIndex(of: "/").map { String(line[$0...]) } })
    }
}
