import PluginConfig
import Testing

@Suite("Rules: Warnings")
struct WarningTests {
    @Test("a suspicious key or value is reported, and the file is valid", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content != nil)
    }

    private static let files = [
        BrokenFile(
            "an unknown key at the top",
            """
            plugin: []
            whatever: 1
            """,
            """
            config.yaml:1:1: warning: plugin: unknown key
            plugin: []
            ^
            hint: did you mean "plugins"?
            config.yaml:2:1: warning: whatever: unknown key
            whatever: 1
            ^
            """
        ),
        BrokenFile(
            "an unknown key of the settings",
            """
            plugin_settings: {plugin_timeuot: 5, parallel_within_band: true}
            """,
            """
            config.yaml:1:19: warning: plugin_settings.plugin_timeuot: unknown key
            plugin_settings: {plugin_timeuot: 5, parallel_within_band: true}
                              ^
            hint: did you mean "plugin_timeout"?
            config.yaml:1:38: warning: plugin_settings.parallel_within_band: unknown key
            plugin_settings: {plugin_timeuot: 5, parallel_within_band: true}
                                                 ^
            """
        ),
        BrokenFile(
            "a key at the wrong level",
            """
            load_unlisted: true
            plugin_settings: {drop_dirs: []}
            """,
            """
            config.yaml:1:1: warning: load_unlisted: unknown key
            load_unlisted: true
            ^
            hint: move it under plugin_settings
            config.yaml:2:19: warning: plugin_settings.drop_dirs: unknown key
            plugin_settings: {drop_dirs: []}
                              ^
            hint: move it out of plugin_settings, to the top level
            """
        ),
        BrokenFile(
            "an unknown key of an entry",
            """
            plugins:
              - {name: A, kind: k, priorty: 5, onError: fail, zzz: 1}
            """,
            """
            config.yaml:2:24: warning: plugins[0].priorty: unknown key
              - {name: A, kind: k, priorty: 5, onError: fail, zzz: 1}
                                   ^
            hint: did you mean "priority"?
            config.yaml:2:36: warning: plugins[0].onError: unknown key
              - {name: A, kind: k, priorty: 5, onError: fail, zzz: 1}
                                               ^
            hint: did you mean "on_error"?
            config.yaml:2:51: warning: plugins[0].zzz: unknown key
              - {name: A, kind: k, priorty: 5, onError: fail, zzz: 1}
                                                              ^
            """
        ),
        BrokenFile(
            "an unknown key of a condition",
            """
            plugins:
              - {name: A, kind: k, conditions: [{tool: x, 'a b': y}]}
            """,
            """
            config.yaml:2:38: warning: plugins[0].conditions[0].tool: unknown key
              - {name: A, kind: k, conditions: [{tool: x, 'a b': y}]}
                                                 ^
            hint: did you mean "tools"?
            config.yaml:2:47: warning: plugins[0].conditions[0]["a b"]: unknown key
              - {name: A, kind: k, conditions: [{tool: x, 'a b': y}]}
                                                          ^
            """
        ),
        BrokenFile(
            "an unknown key of a bound function",
            """
            plugins:
              - {name: A, kind: ffi, config: {library: l, symbol: s, hook: h, signature: void(), sym: s}}
            """,
            """
            config.yaml:2:86: warning: plugins[0].config.sym: unknown key
              - {name: A, kind: ffi, config: {library: l, symbol: s, hook: h, signature: void(), sym: s}}
                                                                                                 ^
            """
        ),
        BrokenFile(
            "a key of other systems",
            """
            plugins:
              - {name: A, kind: k, capabilities: [read], max_content_size: 5}
            """,
            """
            config.yaml:2:38: warning: plugins[0].capabilities: has no effect in this version
              - {name: A, kind: k, capabilities: [read], max_content_size: 5}
                                                 ^
            config.yaml:2:64: warning: plugins[0].max_content_size: has no effect in this version
              - {name: A, kind: k, capabilities: [read], max_content_size: 5}
                                                                           ^
            """
        ),
        BrokenFile(
            "a hook listed twice",
            """
            plugins:
              - {name: A, kind: k, hooks: [a, b, a]}
            """,
            """
            config.yaml:2:38: warning: plugins[0].hooks: "a" is already listed at 2:32
              - {name: A, kind: k, hooks: [a, b, a]}
                                                 ^
            """
        ),
        BrokenFile(
            "milliseconds for seconds",
            """
            plugin_settings: {plugin_timeout: 5000}
            """,
            """
            config.yaml:1:35: warning: plugin_settings.plugin_timeout: 5000 seconds are more than an hour
            plugin_settings: {plugin_timeout: 5000}
                                              ^
            hint: the unit is seconds, not milliseconds
            """
        ),
    ]
}
