import PluginConfig
import Testing

@Suite("Rules: What to load")
struct KindTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "kind or path is required",
            """
            plugins:
              - name: A
            """,
            """
            config.yaml:2:5: error: plugins[0].kind: is required unless path is given
              - name: A
                ^
            hint: name the plugin's kind, or the path of its .so file
            """
        ),
        BrokenFile(
            "an empty kind is a missing one",
            """
            plugins:
              - name: A
                kind:
            """,
            """
            config.yaml:3:5: error: plugins[0].kind: is required unless path is given
                kind:
                ^
            hint: name the plugin's kind, or the path of its .so file
            """
        ),
        BrokenFile(
            "external plugins come later",
            """
            plugins:
              - {name: A, kind: external, mcp: {proto: STDIO, cmd: x}}
            """,
            """
            config.yaml:2:21: error: plugins[0].kind: "external" is not supported yet
              - {name: A, kind: external, mcp: {proto: STDIO, cmd: x}}
                                ^
            hint: set mode: disabled, or remove the plugin
            """
        ),
        BrokenFile(
            "virtual environments come later",
            """
            plugins:
              - {name: A, kind: isolated_venv}
            """,
            """
            config.yaml:2:21: error: plugins[0].kind: "isolated_venv" is not supported yet
              - {name: A, kind: isolated_venv}
                                ^
            hint: set mode: disabled, or remove the plugin
            """
        ),
        BrokenFile(
            "transports are for external plugins",
            """
            plugins:
              - {name: A, kind: k, grpc: {}}
            """,
            """
            config.yaml:2:30: error: plugins[0].grpc: is only for plugins of kind: external
              - {name: A, kind: k, grpc: {}}
                                         ^
            hint: remove it
            """
        ),
        BrokenFile(
            "isolation is a known word",
            """
            plugins:
              - {name: A, kind: k, isolation: inprocess}
            """,
            """
            config.yaml:2:35: error: plugins[0].isolation: expected in_process or process, found "inprocess"
              - {name: A, kind: k, isolation: inprocess}
                                              ^
            hint: did you mean "in_process"?
            """
        ),
        BrokenFile(
            "process is a mapping",
            """
            plugins:
              - {name: A, kind: k, process: 2}
            """,
            """
            config.yaml:2:33: error: plugins[0].process: expected a mapping, found 2
              - {name: A, kind: k, process: 2}
                                            ^
            """
        ),
        BrokenFile(
            "a plugin has a worker, and times are no more than a day",
            """
            plugins:
              - {name: A, kind: k, process: {workers: 0, restart_pause: 90000, wurkers: 1}}
            """,
            """
            config.yaml:2:43: error: plugins[0].process.workers: must be from 1 to 64, found 0
              - {name: A, kind: k, process: {workers: 0, restart_pause: 90000, wurkers: 1}}
                                                      ^
            config.yaml:2:61: error: plugins[0].process.restart_pause: must be at most 86400 seconds, found 90000
              - {name: A, kind: k, process: {workers: 0, restart_pause: 90000, wurkers: 1}}
                                                                        ^
            hint: the unit is seconds, not milliseconds
            config.yaml:2:68: warning: plugins[0].process.wurkers: unknown key
              - {name: A, kind: k, process: {workers: 0, restart_pause: 90000, wurkers: 1}}
                                                                               ^
            hint: did you mean "workers"?
            """
        ),
        BrokenFile(
            "idempotent hooks are a list",
            """
            plugins:
              - {name: A, kind: k, process: {idempotent_hooks: tool_pre_invoke}}
            """,
            """
            config.yaml:2:52: error: plugins[0].process.idempotent_hooks: expected a list of hooks, found "tool_pre_invoke"
              - {name: A, kind: k, process: {idempotent_hooks: tool_pre_invoke}}
                                                               ^
            hint: write it as a list: ["tool_pre_invoke"]
            """
        ),
        BrokenFile(
            "a bound function has no path",
            """
            plugins:
              - {name: A, kind: ffi, path: x.so, config: {library: l, symbol: s, hook: h, signature: void()}}
            """,
            """
            config.yaml:2:32: error: plugins[0].path: has no meaning with kind: ffi
              - {name: A, kind: ffi, path: x.so, config: {library: l, symbol: s, hook: h, signature: void()}}
                                           ^
            hint: remove it
            """
        ),
        BrokenFile(
            "a bound function needs config",
            """
            plugins:
              - {name: A, kind: ffi}
            """,
            """
            config.yaml:2:5: error: plugins[0].config: is required with kind: ffi
              - {name: A, kind: ffi}
                ^
            hint: give library, symbol, hook and signature
            """
        ),
        BrokenFile(
            "a bound function needs all four keys",
            """
            plugins:
              - name: A
                kind: ffi
                config:
                  library: libm.so.6
                  simbol: cos
            """,
            """
            config.yaml:5:7: error: plugins[0].config.symbol: is required with kind: ffi
                  library: libm.so.6
                  ^
            config.yaml:5:7: error: plugins[0].config.hook: is required with kind: ffi
                  library: libm.so.6
                  ^
            config.yaml:5:7: error: plugins[0].config.signature: is required with kind: ffi
                  library: libm.so.6
                  ^
            config.yaml:6:7: warning: plugins[0].config.simbol: unknown key
                  simbol: cos
                  ^
            hint: did you mean "symbol"?
            """
        ),
        BrokenFile(
            "a bound function is described by texts",
            """
            plugins:
              - name: A
                kind: ffi
                config:
                  library: [x]
                  symbol: 5
                  hook: ''
                  signature: {a: b}
            """,
            """
            config.yaml:5:16: error: plugins[0].config.library: expected text, found a list
                  library: [x]
                           ^
            config.yaml:6:15: error: plugins[0].config.symbol: expected text, found 5
                  symbol: 5
                          ^
            hint: put it in quotes: "5"
            config.yaml:7:13: error: plugins[0].config.hook: must not be empty
                  hook: ''
                        ^
            config.yaml:8:18: error: plugins[0].config.signature: expected text, found a mapping
                  signature: {a: b}
                             ^
            """
        ),
    ]
}
