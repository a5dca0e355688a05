import TestSupport
import Testing

@Suite("hookgate hook invoke")
struct HookInvokeTests {
    private static let unchanged =
        #"{"continue_processing":true,"modified_payload":null,"violation":null,"error":null,"metadata":{}}"# + "\n"

    private static let call = #"{"hook": "tool_pre_invoke", "payload": {"name": "search", "args": {"n": 1.10}}}"#

    private static func hookgate(_ fixtures: String...) throws -> Hookgate {
        let entries = try fixtures.map { "  - {name: \($0), path: '\(try FixturePlugin.path($0))'}\n" }
        return try Hookgate("plugins:\n" + entries.joined())
    }

    @Test("answers each line; numbers come back as written")
    func answers() throws {
        let output =
            Self.unchanged
            + #"{"continue_processing":true,"modified_payload":{"name":"second","args":{"n":1.10}},"violation":null,"#
            + #""error":null,"metadata":{}}"# + "\n" + Self.unchanged
        let result = try Self.hookgate("replies").invoke(
            #"{"hook": "my_own_hook", "payload": {}}"#,
            Self.call,
            "  \t",
            #"{"hook": "tool_post_invoke", "payload": {"name": "search", "result": null}}"#
        )
        #expect(result == ChildProcess.Result(status: 0, output: output))
    }

    @Test("ends with 10 when a call was blocked")
    func blocks() throws {
        let output =
            Self.unchanged
            + #"{"continue_processing":false,"modified_payload":null,"violation":{"reason":"too many requests","#
            + #""description":"11 requests in one second","code":"RATE_LIMIT","details":{"limit":10},"#
            + #""mcp_error_code":-32000,"http_status_code":429,"http_headers":{"Retry-After":"1"},"#
            + #""plugin_name":"denies"},"error":null,"metadata":{"_decision_plugin":"denies"}}"# + "\n"
            + Self.unchanged
        let other = #"{"hook": "my_own_hook", "payload": {}}"#
        let result = try Self.hookgate("denies").invoke(other, Self.call, other)
        #expect(result == ChildProcess.Result(status: 10, output: output))
    }

    @Test("ends with 11 when a call failed, also if another one was blocked")
    func fails() throws {
        let hookgate = try Hookgate(
            """
            plugins:
              - {name: denies, path: "\(try FixturePlugin.path("denies"))", conditions: [{tools: [bad]}]}
              - {name: fails, path: "\(try FixturePlugin.path("fails"))", conditions: [{tools: [search]}]}
            """
        )
        let result = try hookgate.invoke(#"{"hook": "tool_pre_invoke", "payload": {"name": "bad"}}"#, Self.call)
        #expect(result.status == 11)
        #expect(
            result.lines.last
                == #"{"continue_processing":false,"modified_payload":null,"violation":null,"error":{"code":"#
                + #""PLUGIN_ERROR","message":"the disk is full","plugin_name":"fails"},"metadata":{}}"#
        )
    }

    @Test("ends with 2 after bad lines, which it names, and answers the others")
    func badInput() throws {
        let result = try Self.hookgate("fails").invoke(
            "not JSON",
            #"{"hook": "tool_pre_invoke"}"#,
            Self.call,
            #"["hook"]"#,
            #"{"payload": {}}"#,
            #"{"hook": "h", "payload": {}, "extra": 1}"#,
            #"{"hook": "h", "payload": [1]}"#,
            #"{"hook": "h", "payload": {}, "context": "ada"}"#,
            #"{"hook": "h", "payload": {}, "context": {"usr": "ada"}}"#,
            #"{"hook": "h", "payload": {}, "context": {"user": 7}}"#,
            #"{"hook": "h", "hook": "h", "payload": {}}"#,
            #"{"hook": "tool_pre_invoke", "payload": {"args": {}}}"#
        )
        let output =
            #"{"continue_processing":false,"modified_payload":null,"violation":null,"error":{"code":"PLUGIN_ERROR","#
            + #""message":"the disk is full","plugin_name":"fails"},"metadata":{}}"# + "\n"
        let errors = """
            standard input, line 1: error: line 1, column 1: expected a value, found 'n'
            standard input, line 2: error: "payload" is missing or no object
            standard input, line 4: error: a line has to be an object with "hook" and "payload"
            standard input, line 5: error: "hook" is missing or no text: give the hook's name, such as "tool_pre_invoke"
            standard input, line 6: error: unknown key "extra" in the line; known are hook, payload, context
            standard input, line 7: error: "payload" is missing or no object
            standard input, line 8: error: "context" is no object
            standard input, line 9: error: unknown key "usr" in "context"; known are request_id, user, tenant_id, \
            server_id, content_type
            standard input, line 10: error: context.user: expected a string or an object, found a number
            standard input, line 11: error: line 1, column 15: duplicate key "hook"
            standard input, line 12: error: "payload": name: missing

            """
        #expect(result == ChildProcess.Result(status: 2, output: output, errors: errors))
    }

    @Test("refuses text that is not UTF-8")
    func notUTF8() throws {
        let hookgate = try Self.hookgate("replies")
        try hookgate.directory.write(
            Array(#"{"hook": "caf"#.utf8) + [0xE9] + Array(#"", "payload": {}}"#.utf8),
            to: "lines"
        )
        let result = try ChildProcess.run(
            "/bin/sh",
            [
                "-c",
                "HOOKGATE_DATA_DIR='\(hookgate.directory("data"))' '\(BuiltProducts.directory())/hookgate' hook invoke "
                    + "--config '\(hookgate.directory("config.yaml"))' < '\(hookgate.directory("lines"))'",
            ]
        )
        #expect(
            result
                == ChildProcess.Result(
                    status: 2,
                    errors: "standard input, line 1: error: line 1, column 14: the byte 0xE9 is not UTF-8 here\n"
                )
        )
    }

    @Test("ends with 3 when the configuration is invalid, and reads no line")
    func invalidConfiguration() throws {
        let result = try Hookgate("plugins: [{name: p, kind: k, mode: enforse}]\n").invoke(Self.call)
        let errors = """
            $HERE/config.yaml:1:36: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, \
            concurrent, fire_and_forget, disabled, sequential or transform, found "enforse"
            plugins: [{name: p, kind: k, mode: enforse}]
                                               ^
            hint: did you mean "enforce"?

            """
        #expect(result == ChildProcess.Result(status: 3, errors: errors))
    }

    @Test("lets state flow between the lines of one request")
    func state() throws {
        let path = try FixturePlugin.path("remembers")
        let hookgate = try Hookgate("plugins: [{name: p, path: '\(path)', config: {scope: plugin_state}}]")
        func line(_ hook: String, _ payload: String, _ context: String? = nil) -> String {
            "{\"hook\": \"\(hook)\", \"payload\": \(payload)" + (context.map { ", \"context\": \($0)" } ?? "") + "}"
        }
        let result = try hookgate.invoke(
            line("tool_pre_invoke", #"{"name": "first"}"#),
            line("look", #"{"key": "same"}"#),
            line("look", #"{"key": "other"}"#, #"{"request_id": "r2"}"#),
            line("tool_pre_invoke", #"{"name": "second"}"#),
            line("look", #"{"key": "again"}"#, #"{"request_id": "1"}"#),
            line("look", #"{"key": "r2"}"#, #"{"request_id": "r2", "user": "ada"}"#)
        )
        let findings = ["same": "first", "other": "HG_E_MISSING", "again": "first", "r2": "second"]
        let lines = result.lines
        #expect(lines.count == 6)
        for (index, key) in [(1, "same"), (2, "other"), (4, "again"), (5, "r2")] {
            let metadata = "{\"\(key)\":\"\(findings[key] ?? "")\"}"
            #expect(lines[index] + "\n" == Self.unchanged.replacing("{}", with: metadata))
        }
        #expect(result.status == 0)
        #expect(
            result.errors
                == "standard input, line 6: warning: \"context\" differs from that of the first line of request \"r2\", "
                + "which counts\n"
        )
    }

    @Test("hands the context over, with or without a request's name")
    func context() throws {
        let result = try Self.hookgate("shows_call").invoke(
            #"{"hook": "my.hook:v1-2", "payload": {"a": 1}, "context": {"user": "ada", "content_type": "text/plain"}}"#
        )
        let metadata =
            #"{"hook":"my.hook:v1-2","payload":{"a":1},"context":{"request_id":"1","user":"ada","tenant_id":null,"#
            + #""server_id":null,"content_type":"text/plain"},"sizes":true}"#
        let output = Self.unchanged.replacing("{}", with: metadata)
        #expect(result == ChildProcess.Result(status: 0, output: output))
    }

    @Test("searches the directories of the command first")
    func pluginDirectories() throws {
        let hookgate = try Hookgate("plugins: [{name: p, kind: replies}]")
        let missing = try hookgate("hook", "invoke", "--config", "$HERE/config.yaml", input: [Self.call])
        #expect(missing == ChildProcess.Result(status: 0, output: Self.unchanged))
        try hookgate.directory.makeDirectory("plugins")
        try hookgate.directory.copy(FixturePlugin.path("replies"), to: "plugins/any.so")
        let found = try hookgate(
            "hook",
            "invoke",
            "--config",
            "$HERE/config.yaml",
            "--plugin-dir",
            "$HERE/nowhere",
            "--plugin-dir",
            "$HERE/plugins",
            input: [Self.call]
        )
        let payload = #""modified_payload":{"name":"second","args":{"n":1.10}}"#
        let output = Self.unchanged.replacing(#""modified_payload":null"#, with: payload)
        #expect(found == ChildProcess.Result(status: 0, output: output))
    }

    @Test("keeps what plugins print apart from its own lines")
    func printing() throws {
        let result = try Self.hookgate("constructor_prints").invoke(Self.call)
        #expect(
            result
                == ChildProcess.Result(
                    status: 0,
                    output: Self.unchanged,
                    errors: "printed by a constructor\nprinted by a hook\n"
                )
        )
    }

    @Test("goes on without a plugin that cannot be loaded, and fails the calls of a required one")
    func missingPlugins() throws {
        let hookgate = try Hookgate(
            """
            plugins:
              - {name: gone, path: nowhere.so}
              - {name: guard, path: nowhere.so, required: true, hooks: [guarded]}
            """
        )
        let result = try hookgate.invoke(Self.call, #"{"hook": "guarded", "payload": {}}"#)
        let output =
            Self.unchanged
            + #"{"continue_processing":false,"modified_payload":null,"violation":null,"error":{"code":"#
            + #""PLUGIN_UNAVAILABLE","message":"required plugin guard is not loaded","plugin_name":"guard"},"#
            + #""metadata":{}}"# + "\n"
        #expect(result == ChildProcess.Result(status: 11, output: output))
    }

    @Test("answers at once, for somebody who waits for each answer")
    func answersAtOnce() throws {
        let hookgate = try Self.hookgate("replies")
        // The second line is only written when the answer to the first one was read.
        let script = """
            mkfifo "$0/in" "$0/out"
            HOOKGATE_DATA_DIR="$0/data" '\(try BuiltProducts.directory())/hookgate' hook invoke \
              --config "$0/config.yaml" < "$0/in" > "$0/out" &
            exec 3> "$0/in" 4< "$0/out"
            for number in 1 2 3; do
              echo '{"hook": "my_own_hook", "payload": {}}' >&3
              read -r line <&4
              echo "$number $line"
            done
            exec 3>&-
            wait $!
            """
        let result = try ChildProcess.run("/bin/bash", ["-c", script, hookgate.directory.path])
        let output = (1...3).map { "\($0) \(Self.unchanged)" }.joined()
        #expect(result == ChildProcess.Result(status: 0, output: output))
    }
}
