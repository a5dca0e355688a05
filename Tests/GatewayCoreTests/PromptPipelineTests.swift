import GatewayCore
import GatewayTemplates
import GatewayTesting
import PluginPayloads
import Testing

@Suite("The pipeline of prompts")
struct PromptPipelineTests {
    private static let prompts = [
        Prompt("greeting", description: "A greeting"),
        Prompt("strict", template: "{{ user }}", required: ["user", "x"]),
    ]

    /// What is rendered: the whole result as JSON.
    private static func render(
        _ name: String = "greeting",
        _ arguments: String = #"{"user": "Ada"}"#,
        _ hooks: ClosureHooks
    ) async throws -> String {
        let dispatch = try await dispatch(prompts)
        return try await dispatch.renderPrompt(name, PayloadBlock(json: arguments).root, hooks.request).result.value
            .description
    }

    private static func result(_ text: String) -> String {
        #"{"messages":[{"role":"user","content":{"type":"text","text":"\#(text)"}}],"description":"A greeting"}"#
    }

    @Test("renders without any hook; what the template lacks is empty")
    func plain() async throws {
        let hooks = ClosureHooks()
        #expect(try await Self.render("greeting", #"{"user": "Ada"}"#, hooks) == Self.result("Hello Ada"))
        #expect(try await Self.render("id-of-greeting", "{}", hooks) == Self.result("Hello "))
        #expect(hooks.calls == [])
    }

    @Test("shows the hooks what the client wrote, and then the prompt's own name and the result")
    func payloads() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPreFetch: { _ in HookOutcome() }, .promptPostFetch: { _ in HookOutcome() }]
        )
        let given = #"{"user":"Ada","n":[1.10,{"deep":null}]}"#
        #expect(try await Self.render("id-of-greeting", given, hooks) == Self.result("Hello Ada"))
        #expect(
            hooks.calls == [
                ClosureHooks.Call(.promptPreFetch, "{\"prompt_id\":\"id-of-greeting\",\"args\":\(given)}"),
                ClosureHooks.Call(
                    .promptPostFetch,
                    "{\"prompt_id\":\"greeting\",\"result\":\(Self.result("Hello Ada"))}"
                ),
            ]
        )
    }

    @Test("asks the pre hook before it looks for the prompt, and the post hook only about a result")
    func unknownPrompt() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPreFetch: { _ in HookOutcome() }, .promptPostFetch: { _ in HookOutcome() }]
        )
        let text = try await refusal { _ = try await Self.render("nothing", "{}", hooks) }
        #expect(text == "404 prompt not found: nothing; GET /prompts lists all")
        #expect(hooks.calls == [ClosureHooks.Call(.promptPreFetch, #"{"prompt_id":"nothing","args":{}}"#)])
    }

    @Test("takes the arguments of the pre hook, but no other prompt")
    func changedArguments() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPreFetch: { _ in try .modified(["prompt_id": "strict", "args": ["user": "Eve"]]) }]
        )
        #expect(try await Self.render("greeting", #"{"user": "Ada"}"#, hooks) == Self.result("Hello Eve"))
    }

    @Test("renders without arguments when the pre hook has made them null")
    func nullArguments() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPreFetch: { _ in try .modified(["prompt_id": "greeting", "args": nil]) }]
        )
        #expect(try await Self.render("greeting", #"{"user": "Ada"}"#, hooks) == Self.result("Hello "))
    }

    @Test("answers with the post hook's result")
    func changedResult() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPostFetch: { _ in try .modified(["prompt_id": "other", "result": ["messages": [], "n": 1]]) }]
        )
        #expect(try await Self.render("greeting", "{}", hooks) == #"{"messages":[],"n":1}"#)
    }

    @Test("passes headers of both hooks on; the later ones win")
    func headers() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .promptPreFetch: { _ in
                    HookOutcome(httpHeaders: ["X-Both": "pre", "X-Pre": "1", "Connection": "close"])
                },
                .promptPostFetch: { _ in HookOutcome(httpHeaders: ["x-both": "post", "X-Post": "2"]) },
            ]
        )
        let dispatch = try await dispatch(Self.prompts)
        let rendered = try await dispatch.renderPrompt("greeting", PayloadBlock.emptyObject.root, hooks.request)
        #expect(rendered.headers == ["X-Both": "post", "X-Pre": "1", "X-Post": "2"])
    }

    @Test("wants the declared arguments, after the pre hook could give them")
    func requiredArguments() async throws {
        let text = try await refusal { _ = try await Self.render("strict", #"{"user": null}"#, ClosureHooks()) }
        #expect(text == "422 prompt \"strict\" lacks required arguments: user, x")
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPreFetch: { _ in try .modified(["args": ["user": "u", "x": 0]]) }]
        )
        #expect(try await Self.render("strict", "{}", hooks).contains(#""text":"u""#))
    }

    @Test("stops where it is blocked", arguments: [HookName.promptPreFetch, .promptPostFetch])
    func blocks(hook: HookName) async throws {
        let violation = PluginViolation(
            reason: "Prompt not allowed",
            description: "a word of the list",
            code: "deny",
            details: ["word": "x"],
            httpHeaders: ["Retry-After": "7", "Content-Length": "0", "X Y": "bad"]
        )
        let later: ClosureHooks.Body = { _ in HookOutcome() }
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPreFetch: later, .promptPostFetch: later].merging([hook: { _ in .blocked(violation) }]) { $1 }
        )
        let thrown = await #expect(throws: GatewayError.self) { _ = try await Self.render("greeting", "{}", hooks) }
        let error = try #require(thrown)
        #expect(error.status == 422)
        #expect(error.plugin == "Guard")
        #expect(error.headers == ["Retry-After": "7"])
        #expect(
            JSONValue.object(error.body).description
                == #"{"message":"\#(hook) blocked by plugin Guard: deny - Prompt not allowed (a word of the list)","#
                + #""details":{"reason":"Prompt not allowed","description":"a word of the list","code":"deny","#
                + #""details":{"word":"x"},"mcp_error_code":null,"http_status_code":null,"#
                + #""http_headers":{"Content-Length":"0","Retry-After":"7","X Y":"bad"},"plugin_name":"Guard"}}"#
        )
        #expect(hooks.calls.map(\.hook) == (hook == .promptPreFetch ? [hook] : [.promptPreFetch, hook]))
    }

    @Test("is blocked also without a violation")
    func blocksSilently() async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in HookOutcome(continueProcessing: false) }])
        let text = try await refusal { _ = try await Self.render("greeting", "{}", hooks) }
        #expect(text == "422 prompt_pre_fetch blocked by plugin")
    }

    @Test("goes on after a violation that blocks nothing")
    func reports() async throws {
        let violation = PluginViolation(reason: "r", description: "d", code: "c")
        let hooks = ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in HookOutcome(violation: violation) }])
        #expect(try await Self.render("greeting", "{}", hooks) == Self.result("Hello "))
    }

    @Test(
        "says which plugin failed, and not what it said",
        arguments: [
            (PluginError.Code.failed, 500, "PLUGIN_ERROR"), (.badReply, 500, "PLUGIN_BAD_REPLY"),
            (.timeout, 504, "PLUGIN_TIMEOUT"), (.unavailable, 503, "PLUGIN_UNAVAILABLE"),
            (.overloaded, 503, "PLUGIN_OVERLOADED"),
        ]
    )
    func fails(code: PluginError.Code, status: Int, name: String) async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in .failed(code, "password=secret") }])
        let thrown = await #expect(throws: GatewayError.self) { _ = try await Self.render("greeting", "{}", hooks) }
        let error = try #require(thrown)
        #expect(error.status == status)
        #expect(error.plugin == "Guard")
        #expect(error.reason == "\(name): password=secret")
        #expect(
            JSONValue.object(error.body).description
                == #"{"message":"prompt_pre_fetch failed: plugin Guard: \#(name)","#
                + #""details":{"code":"\#(name)","plugin_name":"Guard"}}"#
        )
    }

    @Test("says how large a payload may be")
    func payloadTooLarge() async throws {
        let message = "the payload has 11 characters, more than 10"
        let hooks = ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in .failed(.payloadTooLarge, message, "") }])
        let thrown = await #expect(throws: GatewayError.self) { _ = try await Self.render("greeting", "{}", hooks) }
        let error = try #require(thrown)
        #expect(error.status == 413)
        #expect(error.plugin == nil)
        #expect(
            JSONValue.object(error.body).description
                == #"{"message":"prompt_pre_fetch: \#(message)","details":{"code":"PAYLOAD_TOO_LARGE"}}"#
        )
    }
}

@Suite("The rule about HTML")
struct HTMLRuleTests {
    /// What is refused, with the rule switched on.
    private static func refusals(_ arguments: JSONValue) async throws -> String? {
        let hooks = ClosureHooks(PromptPolicy(refusesHTML: true), [.promptPreFetch: { _ in HookOutcome() }])
        let dispatch = try await dispatch([Prompt("greeting")])
        let given = try PayloadBlock(arguments)
        do throws(GatewayError) {
            _ = try await dispatch.renderPrompt("greeting", given.root, hooks.request)
            return nil
        } catch {
            // Before any hook.
            #expect(hooks.calls == [])
            return "\(error.status) \(error.message)"
        }
    }

    @Test(
        "refuses what a browser takes for a tag or a comment, however deep",
        arguments: [
            "<b>", "<script>alert(1)</script>", "</p", "<!-- x -->", "<?php", "x <A href=y", "<<i>", "<svg/onload=x>",
        ]
    )
    func refuses(text: String) async throws {
        let message = "contains HTML tags, which prompts.refuse_html forbids"
        #expect(try await Self.refusals(["a": "ok", "b": .string(text)]) == "422 argument \"b\" \(message)")
        #expect(try await Self.refusals(["c": ["x": [1, .string(text)]]]) == "422 argument \"c\" \(message)")
    }

    @Test(
        "accepts everything else",
        arguments: ["1 < 2", "a<1", "<", "< b>", "<>", "&lt;b&gt;", "<é>", "x >", ""]
    )
    func accepts(text: String) async throws {
        #expect(try await Self.refusals(["a": .string(text), "b": [.string(text)]]) == nil)
    }

    @Test("is off unless it is configured")
    func isOff() async throws {
        let dispatch = try await dispatch([Prompt("greeting")])
        let arguments = try PayloadBlock(json: #"{"user": "<b>"}"#).root
        let rendered = try await dispatch.renderPrompt("greeting", arguments, ClosureHooks().request)
        #expect(rendered.result["messages"]?[0]?["content"]?["text"]?.string == "Hello <b>")
    }
}
