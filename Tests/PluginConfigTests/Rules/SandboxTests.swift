import PluginConfig
import PluginPayloads
import Testing
import YAMLTree

@Suite("Rules: Sandboxes")
struct SandboxSettingsTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "a sandbox is a profile, or a mapping",
            """
            plugins:
              - {name: A, kind: k, sandbox: strickt}
              - {name: B, kind: k, sandbox: [strict]}
            """,
            """
            config.yaml:2:33: error: plugins[0].sandbox: expected none, default or strict, found "strickt"
              - {name: A, kind: k, sandbox: strickt}
                                            ^
            hint: did you mean "strict"?
            config.yaml:3:33: error: plugins[1].sandbox: expected none, default or strict, or a mapping, found a list
              - {name: B, kind: k, sandbox: [strict]}
                                            ^
            hint: write sandbox: strict, or sandbox: {profile: strict, …}
            """
        ),
        BrokenFile(
            "sizes have a unit or none, and a range",
            """
            plugin_settings:
              sandbox:
                memory: 1MiB
                stack: lots
                open_files: 8
            """,
            """
            config.yaml:3:13: error: plugin_settings.sandbox.memory: must be from 33554432 to 1099511627776, found 1MiB
                memory: 1MiB
                        ^
            config.yaml:4:12: error: plugin_settings.sandbox.stack: expected a number of bytes, found "lots"
                stack: lots
                       ^
            hint: write it such as 268435456 or 256MiB
            config.yaml:5:17: error: plugin_settings.sandbox.open_files: must be from 16 to 65536, found 8
                open_files: 8
                            ^
            """
        ),
        BrokenFile(
            "paths are absolute, words are known",
            """
            plugins:
              - name: A
                kind: k
                sandbox:
                  allow_read: [models, /opt/models]
                  on_violation: die
                  allow_jit: perhaps
            """,
            """
            config.yaml:5:20: error: plugins[0].sandbox.allow_read: must be absolute, found "models"
                  allow_read: [models, /opt/models]
                               ^
            config.yaml:6:21: error: plugins[0].sandbox.on_violation: expected errno or kill, found "die"
                  on_violation: die
                                ^
            config.yaml:7:18: error: plugins[0].sandbox.allow_jit: expected true or false, found "perhaps"
                  allow_jit: perhaps
                             ^
            hint: yes, no, on and off are accepted too
            """
        ),
    ]

    private static func sandbox(_ text: String) throws -> SandboxSettings {
        let loaded = load("plugins:\n  - name: A\n    kind: k\n    sandbox: \(text)")
        #expect(loaded.report == "")
        return try #require(loaded.content?.plugins.first?.sandbox)
    }

    @Test("a word alone is the profile", arguments: SandboxSettings.Profile.allCases)
    func word(profile: SandboxSettings.Profile) throws {
        var expected = SandboxSettings()
        expected.profile = profile
        #expect(try Self.sandbox(profile.rawValue) == expected)
        #expect(try Self.sandbox("{profile: \(profile.rawValue)}") == expected)
    }

    @Test("without a word nothing is said", arguments: ["", "~", "{}"])
    func empty(text: String) throws {
        #expect(try Self.sandbox(text) == SandboxSettings())
    }

    @Test("every key is read")
    func all() throws {
        var expected = SandboxSettings()
        expected.profile = .strict
        expected.allowJIT = true
        expected.allowRead = ["/opt/models", "/a b"]
        expected.memoryBytes = 1 << 30
        expected.stackBytes = 524_288
        expected.openFiles = 128
        expected.cpuSeconds = 60
        expected.onViolation = .kill
        expected.degrade = true
        let text = """
            {profile: strict, allow_jit: yes, allow_read: [/opt/models, /a b], memory: 1GiB, stack: 524288, \
            open_files: 128, cpu_seconds: 60, on_violation: kill, degrade: true, user: "1000:1000"}
            """
        let read = try Self.sandbox(text)
        expected.user = read.user.map { Located("1000:1000", at: $0.position) }
        #expect(read.user != nil)
        #expect(read == expected)
    }

    @Test(
        "sizes may have units",
        arguments: [
            ("33554432", 33_554_432), ("'33554432B'", 33_554_432), ("32MiB", 33_554_432), ("32 MiB", 33_554_432),
            ("100MB", 100_000_000), ("65536KiB", 67_108_864), ("1000000KB", 1_000_000_000), ("2GB", 2_000_000_000),
        ]
    )
    func sizes(text: String, bytes: Int) throws {
        #expect(try Self.sandbox("{memory: \(text)}").memoryBytes == bytes)
    }

    @Test("no size is", arguments: ["MiB", "-1MiB", "1.5GiB", "1TiB ", "1 mib", "+64MiB", "0x64MiB"])
    func noSize(text: String) {
        let loaded = load("plugin_settings: {sandbox: {memory: \"\(text)\"}}")
        #expect(loaded.problems.map(\.hint) == ["write it such as 268435456 or 256MiB"])
    }

    @Test("a size of too many digits is too large")
    func hugeSize() {
        let loaded = load("plugin_settings: {sandbox: {memory: 9000000000000000000GiB}}")
        #expect(
            loaded.problems.map(\.message)
                == ["must be from 33554432 to 1099511627776, found 9000000000000000000GiB"]
        )
    }

    @Test("a user may be a number")
    func userNumber() throws {
        #expect(try Self.sandbox("{user: 1000}").user?.value == "1000")
        #expect(try Self.sandbox("{user: worker}").user?.value == "worker")
    }

    @Test("an entry says what is different from the settings for all")
    func over() throws {
        let loaded = load(
            """
            plugin_settings: {sandbox: {profile: strict, memory: 64MiB, user: worker}}
            plugins: [{name: A, kind: k, sandbox: {memory: 128MiB, degrade: yes}}]
            """
        )
        let content = try #require(loaded.content)
        let merged = try #require(content.plugins.first).sandbox.over(content.settings.sandbox)
        var expected = content.settings.sandbox
        expected.memoryBytes = 134_217_728
        expected.degrade = true
        #expect(merged == expected)
        #expect(merged.profile == .strict)
        #expect(merged.user?.value == "worker")
    }

    private static func list(_ text: String) throws -> [String] {
        var lines: [String] = []
        try withTemporaryFile(text) { path in
            let sources = ConfigurationSources(environment: [:])
            let listed = ConfigurationLoader.list(path: path, sources: sources, isEffective: true).content ?? []
            lines = listed.filter { $0.path.contains("sandbox") }.map { "\($0.path): \($0.value)" }
        }
        return lines
    }

    @Test("the settings that hold are listed one by one, sizes in bytes")
    func listing() throws {
        #expect(
            try Self.list("plugin_settings: {sandbox: {memory: 64MiB}}\nplugins: [{name: A, kind: k, sandbox: none}]")
                == [
                    "plugin_settings.sandbox.profile: \"default\"", "plugin_settings.sandbox.allow_jit: false",
                    "plugin_settings.sandbox.allow_read: []", "plugin_settings.sandbox.memory: 67108864",
                    "plugin_settings.sandbox.stack: 1048576", "plugin_settings.sandbox.open_files: 64",
                    "plugin_settings.sandbox.cpu_seconds: 0", "plugin_settings.sandbox.on_violation: \"errno\"",
                    "plugin_settings.sandbox.degrade: false", "plugin_settings.sandbox.user: \"nobody\"",
                    "plugins[0].sandbox.profile: \"none\"",
                ]
        )
    }
}
