import PluginConfig
import PluginHooks
import PluginPayloads
import Testing

@Suite("Rules: Trust")
struct TrustRuleTests {
    private static let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "trust is a mapping of known keys",
            """
            trust: {check_owner: maybe, public_keys: release.pub, digest: []}
            """,
            """
            config.yaml:1:22: error: trust.check_owner: expected true or false, found "maybe"
            trust: {check_owner: maybe, public_keys: release.pub, digest: []}
                                 ^
            hint: yes, no, on and off are accepted too
            config.yaml:1:42: error: trust.public_keys: expected a list of public keys, found "release.pub"
            trust: {check_owner: maybe, public_keys: release.pub, digest: []}
                                                     ^
            hint: write it as a list: ["release.pub"]
            config.yaml:1:55: warning: trust.digest: unknown key
            trust: {check_owner: maybe, public_keys: release.pub, digest: []}
                                                                  ^
            hint: did you mean "digests"?
            """
        ),
        BrokenFile(
            "a digest has 64 hexadecimal digits",
            """
            trust:
              digests:
                - abc
                - {sha256: 12}
                - {name: a.so}
                - [x]
            """,
            """
            config.yaml:3:7: error: trust.digests[0]: expected the 64 hexadecimal digits of a SHA-256, found "abc"
                - abc
                  ^
            hint: hookgate plugin inspect FILE shows them
            config.yaml:4:16: error: trust.digests[1].sha256: expected the 64 hexadecimal digits of a SHA-256, found 12
                - {sha256: 12}
                           ^
            hint: hookgate plugin inspect FILE shows them
            config.yaml:5:7: error: trust.digests[2].sha256: is required
                - {name: a.so}
                  ^
            config.yaml:6:7: error: trust.digests[3]: expected a mapping, found a list
                - [x]
                  ^
            """
        ),
        BrokenFile(
            "digests are a list",
            """
            trust: {digests: \(digits)}
            """,
            """
            config.yaml:1:18: error: trust.digests: expected a list of SHA-256 digests, found "\(digits.prefix(60))…"
            trust: {digests: \(digits)}
                             ^
            """
        ),
    ]

    @Test("what is given is read; digits may look like a number, and be in capitals")
    func settings() throws {
        let number = String(repeating: "1", count: 64)
        let loaded = load(
            """
            trust:
              check_owner: off
              digests:
                - \(Self.digits.uppercased())
                - \(number)
                - {sha256: "\(Self.digits)", name: a.so, comment: built on Monday}
              public_keys:
                - keys/release.pub
                - hookgate-public-key-v1 dac073e0123bdea5 AA==
            """
        )
        #expect(loaded.report == "")
        let trust = try #require(loaded.content?.trust)
        #expect(!trust.checkOwner)
        #expect(
            trust.digests == [
                TrustedDigest(sha256: Self.digits), TrustedDigest(sha256: number),
                TrustedDigest(sha256: Self.digits, name: "a.so", comment: "built on Monday"),
            ]
        )
        #expect(
            trust.publicKeys?.map(\.value) == ["keys/release.pub", "hookgate-public-key-v1 dac073e0123bdea5 AA=="]
        )
    }

    @Test("an empty list is one, and a key without value is none", arguments: ["[]", "", "~"])
    func lists(value: String) throws {
        let trust = try #require(load("trust: {digests: \(value), public_keys: \(value)}").content?.trust)
        #expect(trust.checkOwner)
        #expect(trust.digests == (value == "[]" ? [] : nil))
        #expect(trust.publicKeys == (value == "[]" ? [] : nil))
    }
}

@Suite("Rules: Breakers")
struct BreakerRuleTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "a breaker is off, on, or a mapping",
            """
            plugin_settings: {breaker: never}
            plugins: [{name: A, kind: k, breaker: 20}, {name: B, kind: k, breaker: [20]}]
            """,
            """
            config.yaml:1:28: error: plugin_settings.breaker: expected off, on or a mapping, found "never"
            plugin_settings: {breaker: never}
                                       ^
            hint: such as {failures: 20, open_for: 30}
            config.yaml:2:39: error: plugins[0].breaker: expected off, on or a mapping, found 20
            plugins: [{name: A, kind: k, breaker: 20}, {name: B, kind: k, breaker: [20]}]
                                                  ^
            hint: such as {failures: 20, open_for: 30}
            config.yaml:2:72: error: plugins[1].breaker: expected a mapping, found a list
            plugins: [{name: A, kind: k, breaker: 20}, {name: B, kind: k, breaker: [20]}]
                                                                                   ^
            """
        ),
        BrokenFile(
            "its values have ranges and known names",
            """
            plugin_settings: {breaker: {failures: 0, crashes: 10001, crash_window: 0, open_for: 86401, window: 1}}
            """,
            """
            config.yaml:1:39: error: plugin_settings.breaker.failures: must be from 1 to 1000000, found 0
            plugin_settings: {breaker: {failures: 0, crashes: 10001, crash_window: 0, open_for: 86401, window: 1}}
                                                  ^
            config.yaml:1:51: error: plugin_settings.breaker.crashes: must be from 1 to 10000, found 10001
            plugin_settings: {breaker: {failures: 0, crashes: 10001, crash_window: 0, open_for: 86401, window: 1}}
                                                              ^
            config.yaml:1:72: error: plugin_settings.breaker.crash_window: must be more than 0 seconds, found 0
            plugin_settings: {breaker: {failures: 0, crashes: 10001, crash_window: 0, open_for: 86401, window: 1}}
                                                                                   ^
            config.yaml:1:85: error: plugin_settings.breaker.open_for: must be at most 86400 seconds, found 86401
            plugin_settings: {breaker: {failures: 0, crashes: 10001, crash_window: 0, open_for: 86401, window: 1}}
                                                                                                ^
            hint: the unit is seconds, not milliseconds
            config.yaml:1:92: warning: plugin_settings.breaker.window: unknown key
            plugin_settings: {breaker: {failures: 0, crashes: 10001, crash_window: 0, open_for: 86401, window: 1}}
                                                                                                       ^
            """
        ),
    ]

    /// What holds for a plugin, by the settings of all and its own.
    @Test(
        "an entry's values come before those of all plugins",
        arguments: [
            ("", "", "20 5 60 30"), ("off", "", "none"), ("'off'", "", "none"), ("false", "", "none"),
            ("on", "", "20 5 60 30"),
            ("{failures: 3}", "", "3 5 60 30"), ("{failures: 3}", "{open_for: 0.5}", "3 5 60 0.5"),
            ("{failures: 3}", "{failures: 4, crashes: 1, crash_window: 2}", "4 1 2 30"),
            ("{failures: 3}", "off", "none"),
            ("off", "on", "20 5 60 30"), ("off", "{crashes: 2}", "20 2 60 30"), ("{failures: 3}", "on", "3 5 60 30"),
            ("{}", "{}", "20 5 60 30"),
        ]
    )
    func values(shared: String, own: String, expected: String) throws {
        let loaded = load("plugin_settings: {breaker: \(shared)}\nplugins: [{name: A, kind: k, breaker: \(own)}]")
        #expect(loaded.report == "")
        let configuration = try #require(loaded.content)
        let all = configuration.settings.breaker
        let settings = configuration.plugins[0].breaker.map { $0.settings(over: all) } ?? all
        let text = settings.map { settings in
            let times = [settings.crashWindow, settings.openFor].map { time in
                time.components.attoseconds == 0 ? "\(time.components.seconds)" : "0.5"
            }
            return "\(settings.failures) \(settings.crashes) \(times.joined(separator: " "))"
        }
        #expect(text ?? "none" == expected)
    }
}
