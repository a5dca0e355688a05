import PluginConfig
import PluginPayloads
import Testing

@Suite("A list of settings")
struct ListingTests {
    private static func list(_ text: String, isEffective: Bool) throws -> [ListedSetting] {
        var settings: [ListedSetting] = []
        try withTemporaryFile(text) { path in
            let sources = ConfigurationSources(environment: ["W": "hidden value"])
            settings = ConfigurationLoader.list(path: path, sources: sources, isEffective: isEffective).content ?? []
        }
        return settings
    }

    @Test(
        "masks what keys with such names hold",
        arguments: [
            "secret", "client_secret", "Password", "db-password", "passphrase", "token", "tokens", "access_token",
            "accessToken", "key", "api_key", "apiKey", "APIKEY", "private-key", "credentials", "keys", "aws_credential",
        ]
    )
    func secrets(key: String) throws {
        let settings = try Self.list(
            "plugins: [{name: A, kind: k, config: {\(key): abc, x: {\(key): [1, b, {c: d}], y: z}}}]",
            isEffective: false
        ).dropFirst(2)
        #expect(settings.map(\.value) == ["********", "********", "********", "********", "z"])
        #expect(settings.map(\.isSecret) == [true, true, true, true, false])
    }

    @Test(
        "shows what other keys hold",
        arguments: ["public_key", "public_keys", "keyboard", "monkey", "key_id", "hockey", "author", "Keyed", "passes"]
    )
    func plain(key: String) throws {
        let settings = try Self.list("plugins: [{name: A, kind: k, config: {\(key): abc}}]", isEffective: false)
        #expect(settings.last?.value == "abc")
        #expect(settings.map(\.isSecret) == [false, false, false])
    }

    @Test("masks what templates have put in, wherever that is", arguments: [false, true])
    func templates(isEffective: Bool) throws {
        let settings = try Self.list(
            """
            plugins:
              - {name: A, kind: k, tags: [a, "{{ env.W }}"], conditions: [{tools: "{{ env.W }}"}], priority: 1}
            plugin_dirs: ["{{ env.W }}", b]
            plugin_settings: {plugin_timeout: "{{ env.T | default('30') }}"}
            """,
            isEffective: isEffective
        )
        #expect(!settings.isEmpty)
        for setting in settings {
            #expect(!setting.value.description.contains("hidden"), "\(setting)")
        }
        #expect(settings.first { $0.path == "plugin_settings.plugin_timeout" }?.value == "********")
    }

    @Test("the defaults that are listed are those that hold")
    func defaults() throws {
        let settings = try Self.list("", isEffective: true)
        #expect(Set(settings.map(\.source)) == ["default"])
        // The limits of the file itself cannot stand in it; a section within a section is compared where its rules are.
        let inFile = settings.filter { $0.path.split(separator: ".").count == 2 && !$0.path.hasPrefix("yaml.") }
        let sections = Dictionary(grouping: inFile) {
            String($0.path.prefix { $0 != "." })
        }
        let text = sections.map { section, settings in
            // A section within the section is written in one line.
            let groups = Dictionary(grouping: settings) { $0.path.split(separator: ".")[1] }
            let lines = groups.map { key, settings in
                let values = settings.map { setting in
                    let parts = setting.path.split(separator: ".")
                    return parts.count == 2 ? "\(setting.value)" : "\(parts[2]): \(setting.value)"
                }
                let isNested = settings[0].path.split(separator: ".").count == 3
                return "  \(key): " + (isNested ? "{\(values.joined(separator: ", "))}" : values[0]) + "\n"
            }
            return "\(section):\n" + lines.joined()
        }.joined()
        let listed = load(text)
        #expect(listed.report == "")
        #expect(listed.content == load("").content)
        #expect(sections.keys.sorted() == ["auth", "plugin_settings", "prompts", "server", "trust", "upstreams"])
    }
}
