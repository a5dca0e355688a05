import PluginConfig
import Testing

@Suite("Rules: Modes, numbers and switches")
struct ModeAndNumberTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "a mode is a known word",
            """
            plugins:
              - {name: A, kind: k, mode: enforced}
            """,
            """
            config.yaml:2:30: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, concurrent, fire_and_forget, disabled, sequential or transform, found "enforced"
              - {name: A, kind: k, mode: enforced}
                                         ^
            hint: did you mean "enforce"?
            """
        ),
        BrokenFile(
            "a mode of another kind of value",
            """
            plugins:
              - {name: A, kind: k, mode: true}
            """,
            """
            config.yaml:2:30: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, concurrent, fire_and_forget, disabled, sequential or transform, found true
              - {name: A, kind: k, mode: true}
                                         ^
            """
        ),
        BrokenFile(
            "on_error is a known word",
            """
            plugins:
              - {name: A, kind: k, on_error: Ignore}
            """,
            """
            config.yaml:2:34: error: plugins[0].on_error: expected fail, ignore or disable, found "Ignore"
              - {name: A, kind: k, on_error: Ignore}
                                             ^
            hint: did you mean "ignore"?
            """
        ),
        BrokenFile(
            "a priority is an integer",
            """
            plugins:
              - {name: A, kind: k, priority: fifty}
            """,
            """
            config.yaml:2:34: error: plugins[0].priority: expected an integer, found "fifty"
              - {name: A, kind: k, priority: fifty}
                                             ^
            """
        ),
        BrokenFile(
            "a priority has no fraction",
            """
            plugins:
              - {name: A, kind: k, priority: 1.5}
            """,
            """
            config.yaml:2:34: error: plugins[0].priority: expected an integer, found 1.5
              - {name: A, kind: k, priority: 1.5}
                                             ^
            """
        ),
        BrokenFile(
            "a number has no quotes",
            """
            plugins:
              - {name: A, kind: k, priority: '50', timeout: "2.5"}
            """,
            """
            config.yaml:2:34: error: plugins[0].priority: expected an integer, found the text "50"
              - {name: A, kind: k, priority: '50', timeout: "2.5"}
                                             ^
            hint: remove the quotes
            config.yaml:2:49: error: plugins[0].timeout: expected a number of seconds, found the text "2.5"
              - {name: A, kind: k, priority: '50', timeout: "2.5"}
                                                            ^
            hint: remove the quotes
            """
        ),
        BrokenFile(
            "a timeout has no unit",
            """
            plugins:
              - {name: A, kind: k, timeout: 30s}
            """,
            """
            config.yaml:2:33: error: plugins[0].timeout: expected a number of seconds, found "30s"
              - {name: A, kind: k, timeout: 30s}
                                            ^
            hint: write the number alone, such as 30 or 0.5
            """
        ),
        BrokenFile(
            "a timeout is positive",
            """
            plugins:
              - {name: A, kind: k, timeout: -1e300}
            """,
            """
            config.yaml:2:33: error: plugins[0].timeout: must be more than 0 seconds, found -1e300
              - {name: A, kind: k, timeout: -1e300}
                                            ^
            """
        ),
        BrokenFile(
            "a number may be long, but not its message",
            """
            plugins:
              - {name: A, kind: k, priority: 111111111122222222223333333333444444444455555}
            """,
            """
            config.yaml:2:34: error: plugins[0].priority: expected an integer, found 1111111111222222222233333333334444444444…
              - {name: A, kind: k, priority: 111111111122222222223333333333444444444455555}
                                             ^
            """
        ),
        BrokenFile(
            "a timeout is at most a day",
            """
            plugins:
              - {name: A, kind: k, timeout: 86400.5}
            """,
            """
            config.yaml:2:33: error: plugins[0].timeout: must be at most 86400 seconds, found 86400.5
              - {name: A, kind: k, timeout: 86400.5}
                                            ^
            hint: the unit is seconds, not milliseconds
            """
        ),
        BrokenFile(
            "a switch is true or false",
            """
            plugins:
              - {name: A, kind: k, required: 1, inline: y, serial: []}
            """,
            """
            config.yaml:2:34: error: plugins[0].required: expected true or false, found 1
              - {name: A, kind: k, required: 1, inline: y, serial: []}
                                             ^
            hint: yes, no, on and off are accepted too
            config.yaml:2:45: error: plugins[0].inline: expected true or false, found "y"
              - {name: A, kind: k, required: 1, inline: y, serial: []}
                                                        ^
            hint: yes, no, on and off are accepted too
            config.yaml:2:56: error: plugins[0].serial: expected true or false, found a list
              - {name: A, kind: k, required: 1, inline: y, serial: []}
                                                                   ^
            hint: yes, no, on and off are accepted too
            """
        ),
    ]
}
