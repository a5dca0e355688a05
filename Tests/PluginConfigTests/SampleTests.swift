import PluginConfig
import PluginHooks
import PluginPayloads
import Testing

@Suite("A ContextForge configuration")
struct SampleTests {
    private static let text = """
        plugins:
          # Hides personal data before anything else looks at it.
          - name: "PIIFilterPlugin"
            kind: "plugins.pii_filter.pii_filter.PIIFilterPlugin"
            description: "Finds and masks personal data"
            version: "0.1.0"
            author: "An Author"
            hooks: ["prompt_pre_fetch", "tool_pre_invoke"]
            tags: ["security", "pii", "compliance"]
            mode: "enforce"  # or permissive, disabled
            priority: 50
            conditions:
              - prompts: []
                server_ids: []
                tenant_ids: []
            config:
              detect_ssn: true
              detect_email: true
              default_mask_strategy: "partial"
              whitelist_patterns:
                - "test@example.com"

          - name: "ReplaceBadWordsPlugin"
            kind: "plugins.regex_filter.search_replace.SearchReplacePlugin"
            config:
              words:
                - search: "inappropriate_word"
                  replace: "[FILTERED]"

          - name: "ResourceFilterExample"
            kind: "plugins.resource_filter.resource_filter.ResourceFilterPlugin"
            mode: disabled
            config:
              max_content_size: 1048576
              allowed_protocols: ["http", "https"]
              content_filters:
                - pattern: "password\\\\s*[:=]\\\\s*\\\\S+"
                  replacement: "password: [REDACTED]"

        plugin_dirs:
          - "plugins/native"
          - "plugins/custom"

        plugin_settings:
          parallel_execution_within_band: true
          plugin_timeout: 30
          fail_on_plugin_error: false
          enable_plugin_api: true
          plugin_health_check_interval: 60
        """

    @Test("it is read without a word")
    func sample() throws {
        let loaded = load(Self.text)
        #expect(loaded.report == "")
        let configuration = try #require(loaded.content)
        #expect(
            configuration.plugins.map(\.name.value) == [
                "PIIFilterPlugin", "ReplaceBadWordsPlugin", "ResourceFilterExample",
            ]
        )
        #expect(configuration.plugins.map(\.priority) == [50, 100, 100])
        #expect(configuration.plugins.map(\.mode) == [.enforce, .enforce, .disabled])
        #expect(configuration.plugins[0].conditions == HookConditions([HookConditions.Alternative()]))
        #expect(
            configuration.plugins.map(\.config) == [
                [
                    "detect_ssn": true, "detect_email": true, "default_mask_strategy": "partial",
                    "whitelist_patterns": ["test@example.com"],
                ],
                ["words": [["search": "inappropriate_word", "replace": "[FILTERED]"]]],
                [
                    "max_content_size": 1_048_576, "allowed_protocols": ["http", "https"],
                    "content_filters": [
                        ["pattern": "password\\s*[:=]\\s*\\S+", "replacement": "password: [REDACTED]"]
                    ],
                ],
            ]
        )
        #expect(configuration.pluginDirectories.map(\.value) == ["plugins/native", "plugins/custom"])
        var settings = RuntimeSettings()
        settings.parallelWithinBand = true
        #expect(configuration.settings == settings)
    }
}
