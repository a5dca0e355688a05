package import PluginHooks
package import PluginPayloads
import WorkerProtocol

/// A hook of a plugin that runs in worker processes.
package final class WorkerHandler: HookHandler {
    private let pool: WorkerPool
    private let registered: WorkerRegistration.Hook
    /// The hook's place in the registration.
    let index: Int
    /// Whether a call is repeated if its worker dies.
    let isIdempotent: Bool
    /// Stops the workers when nobody holds it any more: every call does, by its handler.
    private let owner: (any AnyObject & Sendable)?

    /// Makes the handler of a hook.
    ///
    /// - Parameters:
    ///   - index: The hook's place in the registration.
    ///   - pool: The plugin's workers.
    ///   - owner: Held as long as this handler or one of its calls.
    package init(index: Int, of pool: WorkerPool, heldBy owner: (any AnyObject & Sendable)? = nil) {
        self.pool = pool
        self.index = index
        self.owner = owner
        registered = pool.registration.hooks[index]
        isIdempotent = pool.settings.idempotentHooks.contains(registered.name)
    }

    package func makeCall(
        _ hook: PlannedHook,
        payload: PayloadBlock,
        request: RequestState,
        deadline: UInt64
    ) -> HookCall {
        WorkerCall(hook, payload: payload, request: request, deadline: deadline, handler: self)
    }

    package func run(_ call: HookCall) -> HookProgress {
        pool.submit(unsafe unsafeDowncast(call, to: WorkerCall.self))  // only makeCall makes this handler's calls
    }

    package func cancel(_ call: HookCall) {
        pool.cancel(unsafe unsafeDowncast(call, to: WorkerCall.self))
    }

    /// A rule of the interface that the plugin's result breaks.
    ///
    /// The worker looks, too, but what runs there may have changed the worker.
    func breach(in effects: HookEffects) -> String? {
        if effects.reply != nil, !registered.mayModify { return "the hook replied, but did not declare HG_MAY_MODIFY" }
        if effects.denial != nil, !registered.mayDeny { return "the hook denied, but did not declare HG_MAY_DENY" }
        return nil
    }
}
