import PluginConfig
import Testing

@Suite("Rules: Settings and directories")
struct SettingsTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "settings are a mapping",
            """
            plugin_settings: [plugin_timeout]
            """,
            """
            config.yaml:1:18: error: plugin_settings: expected a mapping, found a list
            plugin_settings: [plugin_timeout]
                             ^
            """
        ),
        BrokenFile(
            "the quarantine has a number, a time and a word",
            """
            plugin_settings: {quarantine_after: -1, quarantine_window: 0, quarantine_action: isolated}
            """,
            """
            config.yaml:1:37: error: plugin_settings.quarantine_after: must be from 0 to 1000, found -1
            plugin_settings: {quarantine_after: -1, quarantine_window: 0, quarantine_action: isolated}
                                                ^
            config.yaml:1:60: error: plugin_settings.quarantine_window: must be from 1 to 604800, found 0
            plugin_settings: {quarantine_after: -1, quarantine_window: 0, quarantine_action: isolated}
                                                                       ^
            config.yaml:1:82: error: plugin_settings.quarantine_action: expected isolate, disable or report, found "isolated"
            plugin_settings: {quarantine_after: -1, quarantine_window: 0, quarantine_action: isolated}
                                                                                             ^
            hint: did you mean "isolate"?
            """
        ),
        BrokenFile(
            "directories are a list of names",
            """
            plugin_dirs: plugins
            drop_dirs: [drop, '', 5]
            """,
            """
            config.yaml:1:14: error: plugin_dirs: expected a list of directories, found "plugins"
            plugin_dirs: plugins
                         ^
            hint: write it as a list: ["plugins"]
            config.yaml:2:19: error: drop_dirs[1]: must not be empty
            drop_dirs: [drop, '', 5]
                              ^
            config.yaml:2:23: error: drop_dirs[2]: expected text, found 5
            drop_dirs: [drop, '', 5]
                                  ^
            hint: put it in quotes: "5"
            """
        ),
        BrokenFile(
            "a gateway's limits have a range, and no unknown words",
            """
            server: {port: 65536, max_body_bytes: 1, prot: 80}
            prompts: {autoescape: maybe}
            """,
            """
            config.yaml:1:16: error: server.port: must be from 0 to 65535, found 65536
            server: {port: 65536, max_body_bytes: 1, prot: 80}
                           ^
            config.yaml:1:39: error: server.max_body_bytes: must be from 1024 to 4294967296, found 1
            server: {port: 65536, max_body_bytes: 1, prot: 80}
                                                  ^
            config.yaml:1:42: warning: server.prot: unknown key
            server: {port: 65536, max_body_bytes: 1, prot: 80}
                                                     ^
            hint: did you mean "port"?
            config.yaml:2:23: error: prompts.autoescape: expected true or false, found "maybe"
            prompts: {autoescape: maybe}
                                  ^
            hint: yes, no, on and off are accepted too
            """
        ),
        BrokenFile(
            "limits of other servers have a range, and no unknown words",
            """
            upstreams: {timeout: 0, max_response_bytes: 1, max_attempts: 0, retries: 3}
            """,
            """
            config.yaml:1:22: error: upstreams.timeout: must be more than 0 seconds, found 0
            upstreams: {timeout: 0, max_response_bytes: 1, max_attempts: 0, retries: 3}
                                 ^
            config.yaml:1:45: error: upstreams.max_response_bytes: must be from 1024 to 1073741824, found 1
            upstreams: {timeout: 0, max_response_bytes: 1, max_attempts: 0, retries: 3}
                                                        ^
            config.yaml:1:62: error: upstreams.max_attempts: must be from 1 to 100, found 0
            upstreams: {timeout: 0, max_response_bytes: 1, max_attempts: 0, retries: 3}
                                                                         ^
            config.yaml:1:65: warning: upstreams.retries: unknown key
            upstreams: {timeout: 0, max_response_bytes: 1, max_attempts: 0, retries: 3}
                                                                            ^
            """
        ),
        BrokenFile(
            "time limits are seconds",
            """
            plugin_settings:
              plugin_timeout: 0
              probe_timeout: soon
              startup_timeout: 1e6
              plugin_health_check_interval: '60'
            """,
            """
            config.yaml:2:19: error: plugin_settings.plugin_timeout: must be more than 0 seconds, found 0
              plugin_timeout: 0
                              ^
            config.yaml:3:18: error: plugin_settings.probe_timeout: expected a number of seconds, found "soon"
              probe_timeout: soon
                             ^
            hint: write the number alone, such as 30 or 0.5
            config.yaml:4:20: error: plugin_settings.startup_timeout: must be at most 86400 seconds, found 1e6
              startup_timeout: 1e6
                               ^
            hint: the unit is seconds, not milliseconds
            config.yaml:5:33: error: plugin_settings.plugin_health_check_interval: expected a number of seconds, found the text "60"
              plugin_health_check_interval: '60'
                                            ^
            hint: remove the quotes
            """
        ),
        BrokenFile(
            "limits have a range",
            """
            plugin_settings:
              max_block_bytes: 10
              max_payload_characters: 0
              max_lost_threads: -1
              max_lost_threads_per_plugin: 10001
            """,
            """
            config.yaml:2:20: error: plugin_settings.max_block_bytes: must be from 1024 to 4294967295, found 10
              max_block_bytes: 10
                               ^
            config.yaml:3:27: error: plugin_settings.max_payload_characters: must be from 1 to 4294967295, found 0
              max_payload_characters: 0
                                      ^
            config.yaml:4:21: error: plugin_settings.max_lost_threads: must be from 1 to 10000, found -1
              max_lost_threads: -1
                                ^
            config.yaml:5:32: error: plugin_settings.max_lost_threads_per_plugin: must be from 1 to 10000, found 10001
              max_lost_threads_per_plugin: 10001
                                           ^
            """
        ),
        BrokenFile(
            "switches are true or false",
            """
            plugin_settings:
              fail_on_plugin_error: maybe
              load_unlisted: 2
              parallel_execution_within_band: [yes]
              include_user_info: {}
              enable_plugin_api: sometimes
            """,
            """
            config.yaml:2:25: error: plugin_settings.fail_on_plugin_error: expected true or false, found "maybe"
              fail_on_plugin_error: maybe
                                    ^
            hint: yes, no, on and off are accepted too
            config.yaml:3:18: error: plugin_settings.load_unlisted: expected true or false, found 2
              load_unlisted: 2
                             ^
            hint: yes, no, on and off are accepted too
            config.yaml:4:35: error: plugin_settings.parallel_execution_within_band: expected true or false, found a list
              parallel_execution_within_band: [yes]
                                              ^
            hint: yes, no, on and off are accepted too
            config.yaml:5:22: error: plugin_settings.include_user_info: expected true or false, found a mapping
              include_user_info: {}
                                 ^
            hint: yes, no, on and off are accepted too
            config.yaml:6:22: error: plugin_settings.enable_plugin_api: expected true or false, found "sometimes"
              enable_plugin_api: sometimes
                                 ^
            hint: yes, no, on and off are accepted too
            """
        ),
    ]
}
