package import PluginPayloads

/// A plugin's hook, whatever runs it: native code, a bound C function, or a worker process.
///
/// The seam is synchronous with a way out: a handler that ends at once costs no task and no allocation of its own,
/// and one that cannot answers `pending` and completes the call later. An async method at this place measured
/// 300 ns more for every hook, because each one had to be made abandonable by itself.
package protocol HookHandler: AnyObject, Sendable {
    /// Makes the call that `run` will get.
    func makeCall(
        _ hook: PlannedHook,
        payload: PayloadBlock,
        request: RequestState,
        deadline: UInt64
    ) -> HookCall

    /// Runs the hook. Nothing else runs on this thread meanwhile; the thread is lost if this does not return in time.
    func run(_ call: HookCall) -> HookProgress

    /// Tells the plugin that nobody waits for the call any more.
    func cancel(_ call: HookCall)
}

extension HookHandler {
    /// By default a call has nothing beside what every call has.
    package func makeCall(
        _ hook: PlannedHook,
        payload: PayloadBlock,
        request: RequestState,
        deadline: UInt64
    ) -> HookCall {
        HookCall(hook, payload: payload, request: request, deadline: deadline)
    }

    /// By default there is nobody to tell.
    package func cancel(_ call: HookCall) {}
}

/// How far a hook got when its function returned.
package enum HookProgress: Sendable {
    case finished(HookResponse)
    /// It goes on, and completes the call later.
    case pending
}
