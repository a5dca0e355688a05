import PluginConfig
import PluginPayloads
import PluginSchema
import Testing

@Suite("The schema of the configuration file")
struct ConfigurationSchemaTests {
    private static let examples = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/examples"

    @Test(
        "is fulfilled by the examples",
        arguments: ["contextforge", "deny-filter", "email-guard", "email-guard-c", "embed", "gateway", "mail-check"]
    )
    func examples(name: String) throws {
        let value = try #require(ConfigurationLoader.loadValue(path: "\(Self.examples)/\(name)/config.yaml").content)
        #expect(try JSONSchema(ConfigurationSchema.value).validate(value) == [])
    }

    @Test(
        "refuses what the loader refuses or warns about",
        arguments: [
            "plugin: []", "plugins: {}", "plugins: [{kind: k}]", "plugins: [{name: A, kind: k, mod: enforce}]",
            "plugins: [{name: A, kind: k, mode: enforse}]", "plugins: [{name: A, kind: k, priority: high}]",
            "plugins: [{name: A, kind: k, hooks: h}]", "plugins: [{name: A, kind: k, config: []}]",
            "plugins: [{name: A, kind: k, conditions: [{tool: x}]}]", "plugins: [{name: A, kind: k, timeout: 0}]",
            "server: {port: 65536}", "server: {port: '80'}", "plugin_settings: {plugin_timeout: 86401}",
            "plugin_settings: {load_unlisted: maybe}", "plugin_dirs: plugins", "prompts: {max_output_bytes: 0}",
            "plugins: [{name: A, kind: k, sandbox: loose}]", "plugins: [{name: A, kind: k, sandbox: {memory: 1}}]",
            "plugins: [{name: A, kind: k, sandbox: {memory: much}}]", "plugin_settings: {sandbox: [strict]}",
            "trust: {check_owner: 1}", "trust: {digests: abc}", "trust: {digests: [{name: a}]}",
            "trust: {public_keys: k}",
            "plugin_settings: {breaker: never}", "plugin_settings: {breaker: {failures: 0}}",
            "plugins: [{name: A, kind: k, breaker: {window: 1}}]",
        ]
    )
    func refuses(text: String) throws {
        let value = try #require(ConfigurationLoader.parseValue(Array(text.utf8), file: "f").content)
        #expect(try JSONSchema(ConfigurationSchema.value).validate(value).count >= 1)
        #expect(!load(text).problems.isEmpty)
    }

    @Test(
        "accepts what the loader accepts",
        arguments: [
            "~", "plugins:", "plugins: [{name: A, kind: k, priority: -1, mode: transform, inline: 'Off'}]",
            "plugins: [{name: A, path: a.so, conditions: [{tools: x, match: glob}], version: 1.0, timeout: 0.5}]",
            "plugin_settings: {plugin_timeout: '{{ env.N | default(3) }}', load_unlisted: yes}",
            "plugins: [{name: A, kind: k, sandbox: strict}]",
            "plugin_settings: {sandbox: {memory: 256MiB, user: 65534}}",
            "plugin_settings: {sandbox: {stack: 1 MiB, profile: none, allow_read: [/a]}}",
            "plugin_settings: {sandbox: }",
            "server: {port: \"{{ env['N'] | default('3') }}\"}", "server:",
            "trust: {check_owner: off, public_keys: [k.pub]}",
            "trust: {digests: [ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, {sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, name: a}]}",
            "plugin_settings: {breaker: off}",
            "plugins: [{name: A, kind: k, breaker: {failures: 3, open_for: 0.5}}, {name: B, kind: k, breaker: 'off'}]",
        ]
    )
    func accepts(text: String) throws {
        let value = try #require(ConfigurationLoader.parseValue(Array(text.utf8), file: "f").content)
        #expect(try JSONSchema(ConfigurationSchema.value).validate(value) == [])
        #expect(load(text).report == "")
    }

    @Test("knows the ranges of the loader", arguments: ["plugin_settings", "server", "prompts", "auth"])
    func ranges(section: String) throws {
        let keys = try #require(ConfigurationSchema.value["properties"]?[section]?["properties"]?.object)
        var ranges = 0
        for (key, schema) in keys {
            #expect(schema["description"]?.string?.isEmpty == false)
            guard let low = schema["minimum"]?.int, let high = schema["maximum"]?.int else { continue }
            ranges += 1
            for value in [low, high] { #expect(load("\(section): {\(key): \(value)}").report == "") }
            for value in [low - 1, high + 1] {
                let messages = load("\(section): {\(key): \(value)}").problems.map(\.message)
                #expect(messages == ["must be from \(low) to \(high), found \(value)"])
            }
        }
        #expect(ranges >= 1)
    }
}
