package import PluginPayloads

/// One call that another process has asked for, and waits for the response of.
///
/// `@unchecked Sendable`: as its superclass; the rest is immutable.
package final class ServedRun: HookRun, @unchecked Sendable {
    private let hook: PlannedHook
    private let payload: PayloadBlock
    private let deadline: UInt64
    private let client: any ServedClient

    /// - Parameters:
    ///   - hook: The hook.
    ///   - payload: Its payload.
    ///   - request: What the hooks of the request remember.
    ///   - deadline: When the call has to be done, in nanoseconds of the monotonic clock.
    ///   - client: Gets the response.
    ///   - executor: Runs the hook.
    package init(
        _ hook: PlannedHook,
        _ payload: PayloadBlock,
        of request: RequestState,
        deadline: UInt64,
        for client: any ServedClient,
        executor: HookExecutor
    ) {
        self.hook = hook
        self.payload = payload
        self.deadline = deadline
        self.client = client
        super.init(for: request, executor: executor)
    }

    override func deadline(of hook: PlannedHook) -> UInt64 { deadline }

    override func willMake(_ call: HookCall) { client.willMake(call) }

    override func run(on thread: ExecutorThread) {
        if hook.isInline {
            client.respond(runInline())
        } else if let response = response(of: hook, to: payload, on: thread) {
            client.respond(response)
        }
    }

    /// Runs a hook that never blocks; whoever waits for it has to deal with one that does.
    private func runInline() -> HookResponse {
        let call = hook.handler.makeCall(hook, payload: payload, request: request, deadline: deadline)
        let progress = hook.handler.run(call)
        if call.end() { executor.schedule(.lane(call)) }
        return switch progress {
        case .finished(let response): response
        case .pending: hook.pendingInline
        }
    }
}

/// Who has asked for a call.
package protocol ServedClient: AnyObject, Sendable {
    /// Gets to know the call that is about to be made, to be able to cancel it.
    func willMake(_ call: HookCall)
    /// Takes the response, once.
    func respond(_ response: HookResponse)
}

extension HookExecutor {
    /// Tells the plugin that nobody needs a call's answer any more.
    package func cancel(_ call: HookCall) {
        if call.withdraw() { share(.cancel(call)) }
    }
}
