import Glibc
import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A plugin with a search path for libraries", .inBothIsolations)
struct SearchPathTests {
    private static func misbehaves(_ site: Site, path: String) throws -> String {
        let plugin = try FixturePlugin.path("constructor_misbehaves", options: "-Wl,-rpath,\(path)")
        return "plugins: [{name: p, path: '\(plugin)'}]"
    }

    /// Makes a library of a text in C, with the name by which others need it.
    private static func compile(_ text: String, name: String, to path: String) throws {
        let command = "echo '\(text)' | cc -x c -shared -fPIC -Wl,-soname,\(name) -o '\(path)' -"
        #expect(try ChildProcess.run("/bin/sh", ["-c", command]).status == 0)
    }

    @Test("cannot read what lies there")
    func readsNothing() async throws {
        let site = try Site()
        let problems = try await site.check(Self.misbehaves(site, path: "/:/etc"))
        #expect(problems.count == 1)
        #expect(problems.first?.contains("shadow EACCES, passwd EACCES, file EACCES, environ EACCES") == true)
    }

    @Test("cannot read what lies there by calling it a library")
    func readsNoOtherFile() async throws {
        let site = try Site()
        let folder = site.directory.path
        // A library whose name is that of a file.
        try Self.compile("int f(void) { return 1; }", name: "passwd", to: "\(folder)/l.so")
        let options = "-Wl,-rpath,/etc -Wl,--no-as-needed '\(folder)/l.so'"
        let plugin = try FixturePlugin.path("constructor_misbehaves", options: options)
        let problems = try await site.check("plugins: [{name: p, path: '\(plugin)'}]")
        #expect(problems.count == 1)
        #expect(problems.first?.contains("passwd: cannot open shared object file: ") == true, "\(problems)")
    }

    /// A site with the library that `bundled_library` needs, in a folder of its own, which the sandbox's user can read.
    private static func site() throws -> (site: Site, configuration: String) {
        let site = try Site()
        #expect(unsafe chmod(site.directory.path, 0o755) == 0)
        let folder = try site.directory.makeDirectory("vendor")
        try site.directory.copy(FixturePlugin.bundledLibrary(), to: "vendor/libhookgate_bundled.so.1")
        let plugin = try FixturePlugin.path("bundled_library", options: "-Wl,-rpath,'\(folder)'")
        return (site, "plugins: [{name: p, path: '\(plugin)'}]")
    }

    @Test("has its libraries, in the probe, in the process and in workers")
    func findsLibraries() async throws {
        let (site, configuration) = try Self.site()
        #expect(try await site.check(configuration) == [])
        let outcome = try await site.run(configuration) { try await $0.invoke() }
        #expect(outcome.text == #"{"metadata":{"bundled":true}}"#)
    }

    @Test("is refused where others may put a library, unless owners do not count")
    func untrusted() async throws {
        let site = try Site()
        #expect(unsafe chmod(site.directory.path, 0o755) == 0)
        let folder = try site.directory.makeDirectory("vendor")
        // One that no other test has this process map, which would not search for it then.
        try Self.compile("int f(void) { return 1; }", name: "libunmapped.so", to: "\(folder)/libunmapped.so")
        let options = "-Wl,-rpath,'\(folder)' -Wl,--no-as-needed '\(folder)/libunmapped.so'"
        let plugin = try FixturePlugin.path("does_nothing", options: options)
        let configuration = "plugins: [{name: p, path: '\(plugin)'}]"
        #expect(unsafe chmod(folder, 0o777) == 0)
        let problems = try await site.check(configuration)
        #expect(problems.count == 1)
        #expect(
            problems.first?.hasSuffix(
                ": its search path (DT_RUNPATH) leads to $SITE/vendor: it may be written by its group and everybody "
                    + "(mode 0777): chmod go-w $SITE/vendor, or set trust.check_owner: false"
            ) == true,
            "\(problems)"
        )
        #expect(try await site.check(configuration + "\ntrust: {check_owner: false}\n") == [])
    }

    @Test("is refused there for its worker, also if this process has a library of that name")
    func untrustedOfWorker() async throws {
        let (site, configuration) = try Self.site()
        func entry(_ isolation: String) -> String {
            configuration.replacing("'}]", with: "', isolation: \(isolation)}]")
        }
        try await site.run(entry("in_process")) { _ in
            #expect(unsafe chmod(site.directory("vendor"), 0o777) == 0)
            #expect(try await site.check(entry("in_process")) == [])
            let problems = try await site.check(entry("process"))
            #expect(problems.count == 1)
            #expect(problems.first?.contains("its search path (DT_RUNPATH) leads to $SITE/vendor: ") == true)
        }
    }

    @Test("is refused if the path depends on the current folder", arguments: ["lib", "/opt/x:"])
    func relative(path: String) async throws {
        let site = try Site()
        let problems = try await site.check(Self.misbehaves(site, path: path))
        #expect(problems.count == 1)
        #expect(problems.first?.contains("its search path (DT_RUNPATH) has the component ") == true)
    }
}
