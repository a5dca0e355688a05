import PluginConfig
import PluginRuntime
import PluginSandbox
import TestSupport
import Testing

@Suite("What is configured about sandboxes")
struct SandboxTests {
    @Test("becomes the policy of a worker process, with the defaults of both")
    func policy() throws {
        #expect(try SandboxPolicy(SandboxSettings()) == SandboxPolicy(.default))
        let content = ConfigurationLoader.parse(
            Array(
                """
                plugin_settings:
                  sandbox: {profile: strict, allow_jit: yes, allow_read: [/a], memory: 64MiB, stack: 2MiB, open_files: 99,
                    cpu_seconds: 7, on_violation: kill, degrade: yes, user: "12:34"}
                """.utf8
            ),
            file: "config.yaml",
            sources: ConfigurationSources(environment: [:], flags: [:])
        ).content
        var expected = SandboxPolicy(.strict)
        expected.allowJIT = true
        expected.allowRead = ["/a"]
        expected.memoryBytes = 67_108_864
        expected.stackBytes = 2_097_152
        expected.openFiles = 99
        expected.cpuSeconds = 7
        expected.onViolation = .kill
        expected.degrade = true
        expected.user = SandboxPolicy.User(uid: 12, gid: 34)
        #expect(try SandboxPolicy(#require(content).settings.sandbox) == expected)
    }

    @Test("a plugin that runs in process is tried with the rights that it needs to load")
    func probe() {
        #expect(SandboxPolicy(.strict).inProcessProbe == .probe)
        #expect(SandboxPolicy(.none).inProcessProbe.profile == .none)
        var large = SandboxPolicy(.default)
        large.memoryBytes = 1 << 40
        large.allowRead = ["/opt/models"]
        var expected = SandboxPolicy.probe
        expected.memoryBytes = 1 << 40
        expected.allowRead = ["/opt/models"]
        #expect(large.inProcessProbe == expected)
    }

    @Test("a user that does not exist is a problem of the entry")
    func unknownUser() async throws {
        let path = try FixturePlugin.path("does_nothing")
        let site = try Site()
        let problems = try await site.check(
            """
            plugins:
              - name: p
                path: \(path)
                sandbox: {user: no-such-user}
            """
        )
        #expect(
            problems == [
                "$SITE/config.yaml:4:21: error: plugins[0].sandbox.user: there is no user \"no-such-user\" for worker "
                    + "processes; name another one, or give UID:GID"
            ]
        )
    }

    @Test("no descriptor of a worker leads to a file that can be written", arguments: ["none", "default", "strict"])
    func writesNoFile(profile: String) async throws {
        let path = try FixturePlugin.path("constructor_writes_files")
        let entry = "{name: p, path: '\(path)', isolation: process, sandbox: \(profile)}"
        let states = try await Site().run("plugins: [\(entry)]") { $0.states }
        #expect(states == ["p: active"])
    }

    @Test("a constructor that misbehaves is stopped before the gateway loads it")
    func misbehaves() async throws {
        let path = try FixturePlugin.path("constructor_misbehaves")
        let site = try Site()
        let problems = try await site.check("plugins:\n  - {name: p, path: \"\(path)\"}")
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(problem.contains("a trial load died of SIGABRT"))
        #expect(problem.contains("shadow EACCES, passwd EACCES, file EACCES, environ EACCES, mem EACCES, socket EPERM"))
    }
}
