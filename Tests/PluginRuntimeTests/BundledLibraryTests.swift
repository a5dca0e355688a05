import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A library that comes with the installation", .inBothIsolations)
struct BundledLibraryTests {
    @Test("is there for plugins that need it, in the probe and in the process")
    func isThere() async throws {
        var site = try Site()
        site.options.libraryDirectory = try site.directory.makeDirectory("lib")
        try site.directory.copy(FixturePlugin.bundledLibrary(), to: "lib/libhookgate_bundled.so.1")
        let configuration = "plugins: [{name: p, path: '\(try FixturePlugin.path("bundled_library"))'}]"
        #expect(try await site.check(configuration) == [])
        let outcome = try await site.run(configuration) { try await $0.invoke() }
        #expect(outcome.text == #"{"metadata":{"bundled":true}}"#)
    }
}
