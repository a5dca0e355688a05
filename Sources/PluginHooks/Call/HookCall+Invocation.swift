package import PluginPayloads

extension HookCall {
    /// How deep hooks may invoke one another; the C header says so, too.
    package static var maxInvocationDepth: Int { 8 }

    /// Runs another hook for the request of this call.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - payload: Its payload.
    ///   - executor: Runs the hook's plugins.
    ///   - completion: Is called with the outcome, once, perhaps before this returns; it must not block.
    /// - Returns: `false` if hooks have invoked one another too deep; then nothing runs.
    package final func invoke(
        _ hook: HookName,
        _ payload: PayloadBlock,
        on executor: HookExecutor,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) -> Bool {
        if let invoker = request.invoker { return invoker.invoke(hook, payload, for: self, completion: completion) }
        guard request.invokers.count < Self.maxInvocationDepth else { return false }
        guard let registry = request.plans?.registry else {
            let error = PluginError(code: .unavailable, message: "the request has ended, and its plugins are gone")
            completion(HookOutcome(continueProcessing: false, error: error))
            return true
        }
        guard let plan = registry.plan(for: hook) else {
            completion(HookOutcome())
            return true
        }
        let nested = RequestState(invokedBy: self.hook.account, in: request)
        plan.invoke(payload, request: nested, executor: executor, completion: completion)
        return true
    }
}

/// Runs hooks that plugins invoke, in the place of the request's own plans.
package protocol HookInvoker: AnyObject, Sendable {
    /// Runs a hook for the request of a call.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - payload: Its payload.
    ///   - call: The call that invokes it.
    ///   - completion: Is called with the outcome, once; it must not block.
    /// - Returns: `false` if hooks have invoked one another too deep; then nothing runs.
    func invoke(
        _ hook: HookName,
        _ payload: PayloadBlock,
        for call: HookCall,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) -> Bool
}
