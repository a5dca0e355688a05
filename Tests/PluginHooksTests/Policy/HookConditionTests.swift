import PluginHooks
import PluginPayloads
import Testing

@Suite("The conditions of a plugin")
struct HookConditionTests {
    typealias Alternative = HookConditions.Alternative

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let conditions: [Alternative]
        let hook: HookName
        let payload: String
        let identity: RequestIdentity
        let runs: Bool
    }

    private static func given(_ change: (inout Alternative) -> Void) -> Alternative {
        var alternative = Alternative()
        change(&alternative)
        return alternative
    }

    private static func example(
        _ description: String,
        _ conditions: [Alternative],
        _ hook: HookName = .toolPreInvoke,
        _ payload: String = #"{"name": "search"}"#,
        user: JSONValue? = nil,
        tenant: String? = nil,
        server: String? = nil,
        contentType: String? = nil,
        runs: Bool
    ) -> Example {
        Example(
            testDescription: description,
            conditions: conditions,
            hook: hook,
            payload: payload,
            identity: RequestIdentity(
                requestID: "r",
                user: user,
                tenantID: tenant,
                serverID: server,
                contentType: contentType
            ),
            runs: runs
        )
    }

    private static func given(tools: String..., globs: Bool = false) -> Alternative {
        given {
            $0.tools = tools
            $0.usesGlobs = globs
        }
    }

    static let lists: [Example] = [
        example("none", [], runs: true),
        example("one without keys", [Alternative()], runs: true),
        example("the tool", [given(tools: "find", "search")], runs: true),
        example("another tool", [given(tools: "find")], runs: false),
        example("a part of the tool's name", [given(tools: "sear")], runs: false),
        example("the tool's name in another case", [given(tools: "Search")], runs: false),
        example("any of two objects", [given(tools: "find"), given(tools: "search")], runs: true),
        example("none of two objects", [given(tools: "find"), given(tools: "fetch")], runs: false),
        example(
            "all keys of an object",
            [
                given {
                    $0.tools = ["search"]
                    $0.tenantIDs = ["t1"]
                }
            ],
            tenant: "t1",
            runs: true
        ),
        example(
            "one of two keys",
            [
                given {
                    $0.tools = ["search"]
                    $0.tenantIDs = ["t1"]
                }
            ],
            tenant: "t2",
            runs: false
        ),
        example("the server", [given { $0.serverIDs = ["s1"] }], server: "s1", runs: true),
        example("another server", [given { $0.serverIDs = ["s1"] }], server: "s2", runs: false),
        example("a server, and the request has none", [given { $0.serverIDs = ["s1"] }], runs: false),
        example("a tenant, and the request has none", [given { $0.tenantIDs = ["t1"] }], runs: false),
        example("a tenant, and the request's is empty", [given { $0.tenantIDs = [""] }], tenant: "", runs: false),
        // Texts that look alike are not the same.
        example(
            "one scalar for two",
            [given(tools: "caf\u{e9}")],
            .toolPreInvoke,
            #"{"name": "cafe\u0301"}"#,
            runs: false
        ),
    ]

    static let subjects: [Example] = [
        example("the tool after", [given(tools: "search")], .toolPostInvoke, runs: true),
        example("a tool, and the payload has none", [given(tools: "search")], .toolPreInvoke, "{}", runs: false),
        example("a tool, and it is empty", [given(tools: "")], .toolPreInvoke, #"{"name": ""}"#, runs: false),
        example("a tool, and it is no text", [given(tools: "1")], .toolPreInvoke, #"{"name": 1}"#, runs: false),
        example("the prompt", [given { $0.prompts = ["p"] }], .promptPreFetch, #"{"prompt_id": "p"}"#, runs: true),
        example(
            "the prompt after",
            [given { $0.prompts = ["p"] }],
            .promptPostFetch,
            #"{"prompt_id": "q"}"#,
            runs: false
        ),
        example("the resource", [given { $0.resources = ["u"] }], .resourcePreFetch, #"{"uri": "u"}"#, runs: true),
        example(
            "the resource after",
            [given { $0.resources = ["u"] }],
            .resourcePostFetch,
            #"{"uri": "v"}"#,
            runs: false
        ),
        example("the agent", [given { $0.agents = ["a"] }], .agentPreInvoke, #"{"agent_id": "a"}"#, runs: true),
        example("the agent after", [given { $0.agents = ["a"] }], .agentPostInvoke, #"{"agent_id": "b"}"#, runs: false),
        example("a tool on a prompt hook", [given(tools: "x")], .promptPreFetch, #"{"prompt_id": "p"}"#, runs: true),
        example("a prompt on a tool hook", [given { $0.prompts = ["p"] }], runs: true),
        example("a tool on an HTTP hook", [given(tools: "x")], .httpPreRequest, #"{"path": "/"}"#, runs: true),
        example("a tool on a custom hook", [given(tools: "x")], HookName("custom"), #"{"name": "y"}"#, runs: true),
    ]

    static let users: [Example] = [
        example("a part of the user", [given { $0.userPatterns = ["@acme"] }], user: "ada@acme.com", runs: true),
        example("no part of the user", [given { $0.userPatterns = ["@other"] }], user: "ada@acme.com", runs: false),
        example(
            "more than the user",
            [given { $0.userPatterns = ["ada@acme.com "] }],
            user: "ada@acme.com",
            runs: false
        ),
        example(
            "a pattern in another case",
            [given { $0.userPatterns = ["@ACME"] }],
            user: "ada@acme.com",
            runs: false
        ),
        example("a glob that is none", [given { $0.userPatterns = ["ada*"] }], user: "ada@acme.com", runs: false),
        example("a user, and there is none", [given { $0.userPatterns = ["a"] }], runs: false),
        example("a user, and it is empty", [given { $0.userPatterns = [""] }], user: "", runs: false),
        example(
            "the user's address",
            [given { $0.userPatterns = ["@acme"] }],
            user: ["email": "ada@acme.com"],
            runs: true
        ),
        example("a user without address", [given { $0.userPatterns = ["ada"] }], user: ["name": "ada"], runs: false),
    ]

    private static let json = given { $0.contentTypes = ["application/json", "Text/HTML; charset=utf-8"] }

    static let contentTypes: [Example] = [
        example("the content type", [json], contentType: "application/json", runs: true),
        example("its parameters aside", [json], contentType: "application/json; charset=utf-8", runs: true),
        example("its case and blanks aside", [json], contentType: "\tApplication/JSON ;x=y", runs: true),
        example("the condition's parameters aside", [json], contentType: "text/html", runs: true),
        example("another content type", [json], contentType: "application/jsonl", runs: false),
        example("blanks inside", [json], contentType: "application / json", runs: false),
        example("a content type, and there is none", [json], runs: false),
        example("a content type, and it is empty", [json], contentType: "", runs: false),
    ]

    static let globs: [Example] = [
        example("a star", [given(tools: "sea*", globs: true)], runs: true),
        example("a star alone", [given(tools: "*", globs: true)], runs: true),
        example("a star for nothing", [given(tools: "search*", globs: true)], runs: true),
        example("stars around", [given(tools: "*ar*", globs: true)], runs: true),
        example("a star too early", [given(tools: "*sea", globs: true)], runs: false),
        example("a question mark", [given(tools: "s?arch", globs: true)], runs: true),
        example("a question mark for nothing", [given(tools: "search?", globs: true)], runs: false),
        example("a plain text", [given(tools: "search", globs: true)], runs: true),
        example("a star that is not asked for", [given(tools: "sea*")], runs: false),
        example("a star that is meant", [given(tools: "sea*")], .toolPreInvoke, #"{"name": "sea*"}"#, runs: true),
        example(
            "many stars",
            [given(tools: "*a*a*a*b", globs: true)],
            .toolPreInvoke,
            #"{"name": "aaaaaaaaaaaa"}"#,
            runs: false
        ),
        example("a star, and there is no tool", [given(tools: "*", globs: true)], .toolPreInvoke, "{}", runs: false),
        example(
            "stars in all exact lists",
            [
                given {
                    $0.serverIDs = ["s*"]
                    $0.tenantIDs = ["t?"]
                    $0.usesGlobs = true
                }
            ],
            tenant: "t1",
            server: "s1",
            runs: true
        ),
    ]

    @Test("decide whether it runs", arguments: lists + subjects + users + contentTypes + globs)
    func decide(_ example: Example) throws {
        let conditions = HookConditions(example.conditions)
        let payload = try PayloadBlock(json: example.payload)
        let context = try RequestContext(example.identity)
        #expect(conditions.match(hook: example.hook, payload: payload, context: context) == example.runs)
    }

    @Test("look at the payload before any plugin changed it, and skip the plugin without a trace")
    func original() throws {
        let skipped = FakePlugin("b")
        let plan = HookPlan([
            FakePlugin("a").planned(), skipped.planned(conditions: [Self.given(tools: "renamed")]),
            FakePlugin("c").planned(conditions: [Self.given(tools: "search")]),
        ])
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"name": "search"}"#),
            answers: ["a": .reply(#"{"name": "renamed"}"#), "b": .denial()]
        )
        #expect(trace.plugins == ["a", "c"])
        #expect(trace.payloads == [["name": "search"], ["name": "renamed"]])
        #expect(skipped.account.counts == "")
    }
}
