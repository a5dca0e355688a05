import CHookgate
package import PluginHooks
package import PluginPayloads

/// A hook that a loaded plugin registered.
package final class NativeHandler: HookHandler {
    package let instance: NativeInstance
    package let registered: Registration.Hook
    let hookName: StableText
    let mark: JournalMark
    /// Stops the instance when nobody holds it any more: every call does, by its handler, however late it is.
    private let owner: (any AnyObject & Sendable)?

    /// Makes the handler of a hook.
    ///
    /// - Parameters:
    ///   - registered: The hook.
    ///   - instance: The plugin.
    ///   - owner: Held as long as this handler or one of its calls.
    package init(
        _ registered: Registration.Hook,
        of instance: NativeInstance,
        heldBy owner: (any AnyObject & Sendable)? = nil
    ) {
        self.owner = owner
        self.instance = instance
        self.registered = registered
        self.hookName = StableText(registered.name.text)
        self.mark = JournalMark(plugin: instance.journalNumber, registered.name.text)
    }

    package func makeCall(
        _ hook: PlannedHook,
        payload: PayloadBlock,
        request: RequestState,
        deadline: UInt64
    ) -> HookCall {
        NativeCall(hook, payload: payload, request: request, deadline: deadline, handler: self)
    }

    package func run(_ call: HookCall) -> HookProgress {
        let call = unsafe unsafeDowncast(call, to: NativeCall.self)  // only makeCall makes this handler's calls
        return mark.around(call) {
            switch registered.code {
            case .hook(let hook): run(hook, call)
            case .function(let function): .finished(run(function, call))
            }
        }
    }

    private func run(_ hook: NativeHook, _ call: NativeCall) -> HookProgress {
        if registered.maySuspend { call.claim() }
        let context = unsafe hook.context ?? instance.context
        let status = unsafe hook.function(context, call.pointer)
        if status == HG_PENDING {
            if registered.maySuspend { return .pending }
            // The plugin may complete it all the same, so its call has to stay for good.
            call.claim()
            let message = "hook returned HG_PENDING, but did not declare HG_MAY_SUSPEND"
            return .finished(.failed(.badReply, message: message))
        }
        if registered.maySuspend { call.dropClaim() }
        return .finished(call.response(for: status))
    }

    /// Asks a plain C function, and takes its result as a plugin's verdict.
    private func run(_ function: BoundFunction, _ call: NativeCall) -> HookResponse {
        let result = unsafe function.invoke(payload: call.payload.unsafeBlock, call: call.pointer)
        do throws(FieldError) {
            if let effect = try result.effect(on: call.payload) { _ = call.record(effect) }
        } catch {
            return .failed(.failed, message: error.description)
        }
        return call.response(for: hg_status(HG_OK))
    }

    package func cancel(_ call: HookCall) {
        let call = unsafe unsafeDowncast(call, to: NativeCall.self)
        mark.around(call) { instance.cancel(call) }
    }
}
