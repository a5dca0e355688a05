import PluginHooks
import PluginPayloads
import Testing

@Suite("What a violation or an error does to a chain")
struct PolicyMatrixTests {
    enum Answer {
        case violation
        case error
        case timeout

        var response: HookResponse {
            switch self {
            case .violation: .denial()
            case .error: .failed(.failed, message: "it broke")
            case .timeout: .failed(.timeout, message: "too slow")
            }
        }
    }

    enum End {
        /// The request stops with the violation.
        case blocks
        /// The request stops with the error.
        case fails
        /// The next plugin runs, and the request goes on.
        case passes
        /// As `passes`, and the plugin is not called again.
        case switchesOff
    }

    struct Row: Sendable {
        let mode: PluginMode
        let answer: Answer
        let failOnPluginError: Bool
        /// By `on_error`: not given, `fail`, `ignore`, `disable`.
        let ends: [End]

        init(_ mode: PluginMode, _ answer: Answer, _ failOnPluginError: Bool, _ ends: End...) {
            self.mode = mode
            self.answer = answer
            self.failOnPluginError = failOnPluginError
            self.ends = ends
        }
    }

    static let table = [
        //  mode            answer      fail_on_plugin_error  on_error: none  fail     ignore   disable
        Row(.enforce, .violation, false, .blocks, .blocks, .blocks, .blocks),
        Row(.enforce, .violation, true, .blocks, .blocks, .blocks, .blocks),
        Row(.enforce, .error, false, .fails, .fails, .passes, .switchesOff),
        Row(.enforce, .error, true, .fails, .fails, .passes, .switchesOff),
        Row(.enforce, .timeout, false, .fails, .fails, .passes, .switchesOff),
        Row(.enforce, .timeout, true, .fails, .fails, .passes, .switchesOff),
        Row(.enforceIgnoreError, .violation, false, .blocks, .blocks, .blocks, .blocks),
        Row(.enforceIgnoreError, .violation, true, .blocks, .blocks, .blocks, .blocks),
        Row(.enforceIgnoreError, .error, false, .passes, .fails, .passes, .switchesOff),
        Row(.enforceIgnoreError, .error, true, .fails, .fails, .passes, .switchesOff),
        Row(.enforceIgnoreError, .timeout, false, .passes, .fails, .passes, .switchesOff),
        Row(.enforceIgnoreError, .timeout, true, .fails, .fails, .passes, .switchesOff),
        Row(.permissive, .violation, false, .passes, .passes, .passes, .passes),
        Row(.permissive, .violation, true, .passes, .passes, .passes, .passes),
        Row(.permissive, .error, false, .passes, .fails, .passes, .switchesOff),
        Row(.permissive, .error, true, .fails, .fails, .passes, .switchesOff),
        Row(.permissive, .timeout, false, .passes, .fails, .passes, .switchesOff),
        Row(.permissive, .timeout, true, .fails, .fails, .passes, .switchesOff),
        Row(.audit, .violation, false, .passes, .passes, .passes, .passes),
        Row(.audit, .violation, true, .passes, .passes, .passes, .passes),
        Row(.audit, .error, false, .passes, .fails, .passes, .switchesOff),
        Row(.audit, .error, true, .fails, .fails, .passes, .switchesOff),
        Row(.audit, .timeout, false, .passes, .fails, .passes, .switchesOff),
        Row(.audit, .timeout, true, .fails, .fails, .passes, .switchesOff),
        Row(.concurrent, .violation, false, .blocks, .blocks, .blocks, .blocks),
        Row(.concurrent, .violation, true, .blocks, .blocks, .blocks, .blocks),
        Row(.concurrent, .error, false, .fails, .fails, .passes, .switchesOff),
        Row(.concurrent, .error, true, .fails, .fails, .passes, .switchesOff),
        Row(.concurrent, .timeout, false, .fails, .fails, .passes, .switchesOff),
        Row(.concurrent, .timeout, true, .fails, .fails, .passes, .switchesOff),
    ]

    static let onError: [ErrorPolicy?] = [nil, .fail, .ignore, .disable]

    @Test("depends on the mode, on_error and fail_on_plugin_error", arguments: table)
    func end(_ row: Row) throws {
        for (onError, end) in zip(Self.onError, row.ends) {
            let observer = RecordingObserver()
            let plugin = FakePlugin("first")
            let hook = plugin.planned(
                mode: row.mode,
                onError: onError,
                failOnPluginError: row.failOnPluginError
            )
            let plan = HookPlan([hook, FakePlugin("next").planned()], observer: observer)
            let context: Comment = "on_error \(onError?.rawValue ?? "not given")"

            let first = try ChainTrace(plan, answers: ["first": row.answer.response])
            #expect(first.outcome == Self.outcome(of: end, row.answer), context)
            #expect(first.plugins == (Self.goesOn(end) ? ["first", "next"] : ["first"]), context)
            #expect(observer.events == Self.events(of: end, row.answer), context)
            #expect(plugin.account.counts == Self.counts(of: end, row.answer), context)

            let second = try ChainTrace(plan)
            #expect(second.outcome == HookOutcome(), context)
            #expect(second.plugins == (end == .switchesOff ? ["next"] : ["first", "next"]), context)
        }
    }

    private static func goesOn(_ end: End) -> Bool { end == .passes || end == .switchesOff }

    private static func error(_ answer: Answer) -> PluginError {
        switch answer {
        case .timeout: PluginError(code: .timeout, message: "too slow", pluginName: "first")
        case .violation, .error: PluginError(code: .failed, message: "it broke", pluginName: "first")
        }
    }

    private static func outcome(of end: End, _ answer: Answer) -> HookOutcome {
        switch end {
        case .blocks: .blocked(by: "first")
        case .fails: HookOutcome(continueProcessing: false, error: error(answer))
        case .passes, .switchesOff: HookOutcome()
        }
    }

    private static func events(of end: End, _ answer: Answer) -> [String] {
        switch (end, answer) {
        case (.blocks, _), (.fails, _): []
        case (_, .violation): ["first tool_pre_invoke: violation NO of first ignored"]
        case (.switchesOff, _): ["first tool_pre_invoke: \(error(answer).code) switches it off"]
        case (.passes, _): ["first tool_pre_invoke: \(error(answer).code) ignored"]
        }
    }

    private static func counts(of end: End, _ answer: Answer) -> String {
        let count =
            switch answer {
            case .violation: end == .blocks ? "calls 1, blocks 1" : "calls 1"
            case .error: "calls 1, errors 1"
            case .timeout: "calls 1, timeouts 1"
            }
        return end == .switchesOff ? "\(count), off" : count
    }

    @Test("a plugin that fails twice at the same time is switched off, and said to be, once")
    func switchedOffOnce() throws {
        let observer = RecordingObserver()
        let plan = HookPlan([FakePlugin("first").planned(onError: .disable)], observer: observer)
        let request = RequestState()
        var one = ChainState(plan, payload: anyPayload)
        var other = ChainState(plan, payload: anyPayload)
        _ = one.next(of: plan, for: request)
        _ = other.next(of: plan, for: request)
        one.receive(.failed(.failed, message: "it broke"), of: plan, for: request)
        other.receive(.failed(.failed, message: "it broke"), of: plan, for: request)
        #expect(
            observer.events == [
                "first tool_pre_invoke: PLUGIN_ERROR switches it off", "first tool_pre_invoke: PLUGIN_ERROR ignored",
            ]
        )
    }
}
