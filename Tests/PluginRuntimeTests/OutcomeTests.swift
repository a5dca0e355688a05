import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("What a native hook does", .inBothIsolations)
struct OutcomeTests {
    private static func outcome(
        _ fixture: String,
        entry: String = "",
        settings: String = "{}",
        payload: JSONValue = Sample.call
    ) async throws -> (outcome: HookOutcome, site: Site) {
        let site = try Site()
        let configuration = """
            plugin_settings: \(settings)
            plugins:
              - name: p
                path: \(try FixturePlugin.path(fixture))
                \(entry)
            """
        return (try await site.run(configuration) { try await $0.invoke(.toolPreInvoke, payload) }, site)
    }

    @Test(
        "becomes the outcome of the request",
        arguments: [
            ("does_nothing", "{}"),
            ("mutates_copy", "{}"),
            ("replies", #"{"modified_payload":{"name":"second","args":{"q":"swift"}}}"#),
            ("replies_misaligned", #"{"modified_payload":{"name":"odd","args":{"q":"swift"}}}"#),
            (
                "denies",
                #"{"continue_processing":false,"violation":{"reason":"too many requests","#
                    + #""description":"11 requests in one second","code":"RATE_LIMIT","details":{"limit":10},"#
                    + #""mcp_error_code":-32000,"http_status_code":429,"http_headers":{"Retry-After":"1"},"#
                    + #""plugin_name":"p"},"metadata":{"_decision_plugin":"p"}}"#
            ),
            (
                "reports",
                #"{"violation":{"reason":"suspicious","description":"the tool is new","code":"NEW_TOOL","#
                    + #""details":{},"mcp_error_code":null,"http_status_code":null,"http_headers":null,"#
                    + #""plugin_name":"p"}}"#
            ),
            ("metadata", #"{"metadata":{"text":"second","bool":true,"list":[1,2.5,1.10,null]}}"#),
            ("asks_to_retry", #"{"retry_delay_ms":250,"http_headers":{"X-Cache":"miss"}}"#),
            ("null_arguments", #"{"metadata":{"accepted":0}}"#),
            ("registers_late", #"{"metadata":{"add_hook":"HG_E_STATE"}}"#),
            ("state_of_all_kinds", #"{"metadata":{"before":{},"c":"HG_E_MISSING","after":{"a":3,"b":2}}}"#),
            ("submits", #"{"metadata":{"steps":3}}"#),
            (
                "completes_async",
                #"{"modified_payload":{"name":"replaced later","args":{"q":"swift"}},"metadata":{"own_thread":true}}"#
            ),
            ("completes_early", #"{"metadata":{"early":true}}"#),
        ]
    )
    func becomesOutcome(fixture: String, expected: String) async throws {
        let (outcome, site) = try await Self.outcome(fixture)
        #expect(outcome.text == expected)
        #expect(site.log.complaints == [])
    }

    @Test(
        "is an error when it fails or breaks a rule",
        arguments: [
            ("fails", "PLUGIN_ERROR", "the disk is full"),
            ("throws", "PLUGIN_ERROR", "a C++ exception"),
            ("fails_silently", "PLUGIN_ERROR", "hook returned -3 (HG_E_MEMORY)"),
            ("unknown_status", "PLUGIN_ERROR", "hook returned 42, which is no status of the interface"),
            ("completes_failed", "PLUGIN_ERROR", "the connection was reset"),
            ("completes_pending", "PLUGIN_BAD_REPLY", "hook completed with HG_PENDING"),
            (
                "denies_undeclared", "PLUGIN_BAD_REPLY", "the hook denied, but did not declare HG_MAY_DENY"
            ),
            (
                "denies_malformed", "PLUGIN_BAD_REPLY",
                "the violation is malformed: violation.code: missing"
            ),
            (
                "replies_undeclared", "PLUGIN_BAD_REPLY", "the hook replied, but did not declare HG_MAY_MODIFY"
            ),
            ("replies_null", "PLUGIN_BAD_REPLY", "the reply is null"),
            ("replies_list", "PLUGIN_BAD_REPLY", "the reply is no object of the fields to replace"),
            (
                "replies_not_utf8", "PLUGIN_BAD_REPLY",
                "the reply is no valid block: node at byte 40: string at byte 20 is not UTF-8 at byte 23"
            ),
            (
                "replies_garbage", "PLUGIN_BAD_REPLY",
                "the reply is no valid block: byte 0: the magic is 0xa5a5a5a5, so this is no block"
            ),
            (
                "replies_beyond_arena", "PLUGIN_BAD_REPLY",
                "the reply does not lie in memory of the call's `alloc`, or is larger"
            ),
            (
                "replies_outside_arena", "PLUGIN_BAD_REPLY",
                "the reply does not lie in memory of the call's `alloc`, or is larger"
            ),
            (
                "pends_undeclared", "PLUGIN_BAD_REPLY",
                "hook returned HG_PENDING, but did not declare HG_MAY_SUSPEND"
            ),
            ("headers_of_numbers", "PLUGIN_BAD_REPLY", "the headers are no object of texts"),
        ]
    )
    func becomesError(fixture: String, code: String, message: String) async throws {
        let (outcome, _) = try await Self.outcome(fixture)
        let error = JSONValue.string("\(code): plugin p: \(message)")
        #expect(outcome.text == JSONValue.object(["continue_processing": false, "error": error]).description)
        let (ignored, site) = try await Self.outcome(fixture, entry: "mode: permissive")
        #expect(ignored.text == "{}")
        #expect(
            site.log.complaints == [
                "warning plugin error ignored code=\(code) hook=tool_pre_invoke plugin=p reason=\(message)"
            ]
        )
    }

    @Test("may not make a payload larger than the settings allow")
    func isLimited() async throws {
        let (outcome, _) = try await Self.outcome("replies_oversized", settings: "{max_block_bytes: 1024}")
        #expect(
            outcome.error?.description
                == "PLUGIN_BAD_REPLY: plugin p: the reply is no valid block: the block has 1568 bytes, more than the "
                + "limit of 1024"
        )
        let (tooLong, _) = try await Self.outcome("replies_oversized", settings: "{max_payload_characters: 1000}")
        #expect(
            tooLong.error?.description
                == "PLUGIN_BAD_REPLY: plugin p: reply makes the payload too large: Payload size 1505 exceeds limit of "
                + "1000 characters (max_payload_characters)"
        )
    }

    @Test("gets memory up to twice the size of a block")
    func allocates() async throws {
        let (outcome, _) = try await Self.outcome("allocates_too_much", settings: "{max_block_bytes: 4096}")
        #expect(outcome.text == #"{"metadata":{"allocated":8192}}"#)
    }

    @Test("sees the call: hook, payload and context")
    func seesCall() async throws {
        let site = try Site()
        let configuration = "plugins: [{name: p, path: '\(try FixturePlugin.path("shows_call"))'}]"
        let identity = RequestIdentity(
            requestID: "r1",
            user: ["email": "ada@example.com"],
            tenantID: "t1",
            contentType: "text/plain"
        )
        let texts = try await site.run(configuration) { runtime in
            let request = try runtime.request(identity)
            var texts: [String] = []
            for hook in ["tool_pre_invoke", "my.hook:v1-2"] {
                texts.append(await request.invoke(HookName(hook), try PayloadBlock(Sample.call)).text)
            }
            return texts
        }
        let context =
            #"{"request_id":"r1","user":{"email":"ada@example.com"},"tenant_id":"t1","server_id":null,"#
            + #""content_type":"text/plain"}"#
        let rest = #""payload":{"name":"search","args":{"q":"swift"}},"context":\#(context),"sizes":true}}"#
        #expect(texts == ["tool_pre_invoke", "my.hook:v1-2"].map { #"{"metadata":{"hook":"\#($0)",\#(rest)"# })
    }

    @Test("writes to the log under the plugin's name, and counts")
    func logs() async throws {
        let site = try Site()
        let configuration = "plugins: [{name: p, path: '\(try FixturePlugin.path("logs_and_counts"))'}]"
        let counters = try await site.run(configuration) { runtime in
            for _ in 0..<2 { _ = try await runtime.invoke() }
            return runtime.plugins.map(\.counters)
        }
        #expect(counters.map(\.custom) == [["words.seen": 4]])
        #expect(counters.map(\.calls) == [2])
        let once = [
            "debug a detail plugin=p", "info a fact plugin=p", "warning a doubt plugin=p", "error a failure plugin=p",
            "error an unknown level plugin=p", "info caf\u{FFFD} plugin=p",
        ]
        #expect(site.log.lines.filter { !$0.contains(" worker is ready ") } == once + once)
    }

    @Test("counts under 256 names at most, of 64 bytes at most")
    func countsWithinLimits() async throws {
        let site = try Site()
        let configuration = "plugins: [{name: p, path: '\(try FixturePlugin.path("counts_without_end"))'}]"
        let counters = try await site.run(configuration) { runtime in
            _ = try await runtime.invoke()
            return runtime.plugins[0].counters.custom
        }
        #expect(counters.count == 256)
        #expect(counters["counter_0"] == 2)
        #expect(counters["counter_255"] == 1)
    }
}
