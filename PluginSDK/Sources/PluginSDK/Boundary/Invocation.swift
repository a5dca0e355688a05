import CHookgate
import PluginPayloads

/// A hook that a handler has invoked, until its outcome is there.
final class Invocation: Sendable {
    private let continuation: CheckedContinuation<HookOutcome, any Error>

    init(_ continuation: CheckedContinuation<HookOutcome, any Error>) {
        self.continuation = continuation
    }

    /// Ends an invocation that comes after the end of its call.
    func refuse() {
        end(with: .failure(RuntimeRefusal(function: "invoke", status: hg_status(HG_E_LATE))))
    }

    fileprivate func end(with result: Result<HookOutcome, any Error>) {
        continuation.resume(with: result)
    }
}

extension HookCall {
    /// Invokes a hook; the invocation ends when the runtime has its outcome, or refuses to invoke it.
    func start(_ invocation: Invocation, of hook: HookName, with payload: PayloadBlock) {
        // The runtime gives the reference back, exactly once, if it has taken it.
        let context = unsafe Unmanaged.passRetained(invocation)
        let status = unsafe withSlice(of: hook.text) { hook in
            unsafe pointer.pointee.host.pointee.invoke(
                pointer,
                hook,
                payload.unsafeBlock,
                { context, outcome in
                    guard let context = unsafe context else { return }
                    let invocation = unsafe Unmanaged<Invocation>.fromOpaque(context).takeRetainedValue()
                    invocation.end(with: unsafe Self.outcome(outcome))
                },
                context.toOpaque()
            )
        }
        extendLifetime(payload)
        guard status != HG_OK else { return }
        unsafe context.release()
        invocation.end(with: .failure(RuntimeRefusal(function: "invoke", status: status)))
    }

    private static func outcome(_ block: UnsafePointer<hg_block>?) -> Result<HookOutcome, any Error> {
        Result {
            guard let block = unsafe block else { throw BlockError("the outcome is missing") }
            return try HookOutcome(block: unsafe PayloadBlock(unsafeCopying: block).root)
        }
    }
}
