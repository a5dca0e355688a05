package import PluginHooks
import PluginPayloads
import Synchronization
import WorkerProtocol

/// One call of a hook that a worker runs.
///
/// `@unchecked Sendable`: as its superclass; the rest is locked or immutable.
package final class WorkerCall: HookCall, @unchecked Sendable {
    /// Where the call is, if a worker has it.
    struct Place {
        let worker: Worker
        let slot: Int
        let sequence: UInt32
    }

    private let handler: WorkerHandler
    private let place = Mutex<Place?>(nil)
    /// Workers that died while they had the call.
    private let deaths = Atomic<Int>(0)
    /// Workers that died before they had begun the call, as they said.
    private let losses = Atomic<Int>(0)

    init(
        _ hook: PlannedHook,
        payload: PayloadBlock,
        request: RequestState,
        deadline: UInt64,
        handler: WorkerHandler
    ) {
        self.handler = handler
        super.init(hook, payload: payload, request: request, deadline: deadline)
    }

    /// The call as it travels.
    func frame() throws(BlockError) -> CallFrame {
        CallFrame(
            hook: handler.index,
            deadline: deadline,
            payload: payload,
            context: request.context.block,
            state: try StateFrame.block(of: request, plugin: hook.stateKey),
            depth: depth
        )
    }

    /// How many hooks have invoked one another to get to the call.
    var depth: Int { request.invocationDepth }

    var isIdempotent: Bool { handler.isIdempotent }

    func setPlace(_ place: Place?) { self.place.withLock { $0 = place } }

    /// Where the call is; out of date as soon as it is known.
    var currentPlace: Place? { place.withLock { $0 } }

    /// Notes that a worker died that had the call.
    ///
    /// - Parameter hasBegun: Whether it had begun the call, as it said.
    /// - Returns: How many died of this kind so far.
    func noteDeath(hasBegun: Bool) -> Int {
        hasBegun ? deaths.add(1, ordering: .relaxed).newValue : losses.add(1, ordering: .relaxed).newValue
    }

    /// How much sooner than here a deadline may be over in a worker.
    private static let timeoutSlack: UInt64 = 10_000_000

    /// What a worker's result means here.
    func response(_ response: HookResponse) -> HookResponse {
        switch response {
        case .completed(let effects?):
            if let breach = handler.breach(in: effects) { return .failed(.badReply, message: breach) }
            return response
        case .completed(nil): return response
        case .failed(.timeout, _):
            guard Clock.now() + Self.timeoutSlack >= deadline else {
                return .failed(
                    .failed,
                    message: "the plugin's worker says that the call's time is over, and it is not"
                )
            }
            return hook.timeout
        case .failed: return response
        }
    }
}
