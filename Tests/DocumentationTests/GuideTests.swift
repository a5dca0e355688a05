import GatewayCore
import PluginConfig
import PluginHooks
import PluginPayloads
import Testing

@Suite("The guides to the hooks")
struct GuideTests {
    private static let payloads: [any StandardPayload.Type] = [
        PromptPreFetchPayload.self, PromptPostFetchPayload.self, ToolPreInvokePayload.self,
        ToolPostInvokePayload.self, ResourcePreFetchPayload.self, ResourcePostFetchPayload.self,
        AgentPreInvokePayload.self, AgentPostInvokePayload.self, HTTPPreRequestPayload.self,
        HTTPPostRequestPayload.self, HTTPAuthResolveUserPayload.self, HTTPAuthCheckPermissionPayload.self,
        ServerPreRegisterPayload.self, ServerPostRegisterPayload.self, FederationPreSyncPayload.self,
        FederationPostSyncPayload.self,
    ]

    @Test("list all standard hooks with their payloads, and custom hooks")
    func overview() throws {
        let rows = try Page("HookReference").section("Overview").rows
        let standard = zip(HookName.standard, Self.payloads).map { ["<doc:\($0)>", "`\($1)`"] }
        #expect(rows.map { Array($0.prefix(2)) } == standard + [["<doc:CustomHooks>", "your own"]])
    }

    @Test("name each page of a hook once among their topics")
    func topics() throws {
        let links = try Page("HookReference").section("Topics").lines.filter { $0.hasPrefix("- ") }.map(String.init)
        #expect(links.sorted() == HookName.standard.map { "- <doc:\($0)>" }.sorted())
    }

    @Test("have the status of each code of a violation")
    func violations() throws {
        let rows = try Page("Violations").section("Violations over REST").rows
        let codes = ViolationStatus.byCode.map { ["`\($0.key)`", "\($0.value)"] }
        let other = PluginViolation(reason: "r", description: "d", code: "SOMETHING_ELSE")
        let status = try Self.status(of: HookOutcome(continueProcessing: false, violation: other))
        #expect(rows.dropLast().sorted { $0[0] < $1[0] } == codes.sorted { $0[0] < $1[0] })
        #expect(rows.last == ["any other", "\(status)"])
    }

    @Test("have the status of each error of a plugin")
    func errors() throws {
        let codes: [PluginError.Code] = [
            .failed, .badReply, .timeout, .crashed, .unavailable, .overloaded, .payloadTooLarge,
        ]
        let rows = try Page("Violations").section("Errors").rows
        let expected = try codes.map { code in
            let error = PluginError(code: code, message: "m", pluginName: "p")
            return ["`\(code)`", "\(try Self.status(of: HookOutcome(continueProcessing: false, error: error)))"]
        }
        #expect(rows.map { Array($0.prefix(2)) } == expected)
    }

    private static func status(of outcome: HookOutcome) throws -> Int {
        let error = #expect(throws: GatewayError.self) { try outcome.requirePassed(.toolPreInvoke) }
        return try #require(error).status
    }

    @Test("have each word of a mode, and what it does")
    func modes() throws {
        let rows = try Page("ModesAndState").section("Modes").rows
        let expected = PluginMode.words.map { word, mode in ["`\(word)`"] + Self.effects(of: mode) }
        #expect(rows.sorted { $0[0] < $1[0] } == expected.sorted { $0[0] < $1[0] })
    }

    private static func effects(of mode: PluginMode) -> [String] {
        guard mode != .disabled else { return Array(repeating: "does not run", count: 3) }
        let fails = ErrorPolicy(explicit: nil, failOnPluginError: false, mode: mode) == .fail
        return [
            mode.blocks ? "blocks" : mode == .fireAndForget ? "is dropped" : "is logged",
            mode.keepsChanges ? "kept" : "dropped",
            fails ? "fails the request" : "is logged",
        ]
    }
}
