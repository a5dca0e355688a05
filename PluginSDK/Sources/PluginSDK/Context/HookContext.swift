import Synchronization

/// One call of a hook, as its handler sees it.
///
/// It may outlive the call: once the hook has ended, everything reads as absent and writes are dropped.
public final class HookContext: Sendable {
    /// The call while it lasts, and what was read of it.
    ///
    /// The lock keeps the end of the call from passing a reader, and lets tasks of one handler use the context at once.
    private struct Access {
        var call: HookCall?
        var identity: RequestIdentity?
    }

    private let access: Mutex<Access>
    private let deadlineNanoseconds: UInt64

    init(_ call: HookCall) {
        self.access = Mutex(Access(call: call, identity: nil))
        self.deadlineNanoseconds = call.deadlineNanoseconds
    }

    /// What this plugin keeps from the first to the last hook of one request.
    public var state: ContextValues { ContextValues(context: self, scope: .pluginState) }

    /// The same, for what describes the work rather than drives it.
    public var metadata: ContextValues { ContextValues(context: self, scope: .pluginMetadata) }

    /// What all plugins know about the request.
    public var globalContext: GlobalContext { GlobalContext(context: self) }

    /// When the call is answered without this plugin.
    public var deadline: ContinuousClock.Instant { .now + timeRemaining }

    /// The time until the deadline; negative when it has passed.
    public var timeRemaining: Duration {
        .nanoseconds(Int64(clamping: deadlineNanoseconds) - Int64(clamping: HookCall.monotonicNanoseconds()))
    }

    /// Whether nobody waits for the handler any more: its deadline has passed, or the request was given up.
    ///
    /// The task of an asynchronous handler is cancelled as well.
    public var isCancelled: Bool { access.withLock { $0.call?.isCancelled ?? true } }

    /// Runs another hook for the same request, and waits for what becomes of it.
    ///
    /// The hook's plugins see the request's state. The handler keeps its deadline while it waits.
    ///
    /// - Parameters:
    ///   - hook: The hook, standard or custom.
    ///   - payload: Its payload.
    /// - Returns: What the hook's plugins made of the payload; an outcome that changes nothing if there are none.
    /// - Throws: ``RuntimeRefusal`` if hooks have invoked one another too deep, the payload is not the hook's, or nobody
    ///   waits for the handler any more.
    public func invoke(_ hook: HookName, payload: JSONObject) async throws -> HookOutcome {
        let block = try PayloadBlock(payload)
        return try await withCheckedThrowingContinuation { continuation in
            let invocation = Invocation(continuation)
            let isOpen = access.withLock { access in
                access.call?.start(invocation, of: hook, with: block)
                return access.call != nil
            }
            if !isOpen { invocation.refuse() }
        }
    }

    /// Called by the trampoline when the handler has returned; from then on the call is out of reach.
    func end() {
        access.withLock { $0.call = nil }
    }
}

extension HookContext {
    var identity: RequestIdentity {
        access.withLock { access in
            if let identity = access.identity { return identity }
            guard let identity = access.call?.identity else { return RequestIdentity(requestID: "") }
            access.identity = identity
            return identity
        }
    }

    func value(of key: String, in scope: StateScope) -> JSONValue? {
        access.withLock { $0.call?.state(key, in: scope) }
    }

    func set(_ value: JSONValue?, of key: String, in scope: StateScope) {
        access.withLock { $0.call?.setState(value, of: key, in: scope) }
    }

    func values(in scope: StateScope) -> JSONObject {
        access.withLock { $0.call?.allState(in: scope) } ?? [:]
    }
}
