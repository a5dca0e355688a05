import CHookgate
import PluginHooks
import PluginPayloads
import Synchronization

/// A call of a native hook: the C structure that the plugin sees, its arena, and what the plugin asked for.
///
/// `@unchecked Sendable`: what changes is behind `work`, or atomic.
@safe
final class NativeCall: HookCall, @unchecked Sendable {
    /// What the host functions change.
    ///
    /// The lock keeps a plugin that breaks the thread rules from breaking memory.
    @safe
    private struct Work: ~Copyable {
        var arena = unsafe CallArena()
        var effects: HookEffects?
        /// A rule of the interface that the plugin has broken.
        var breach: String?
        /// Blocks whose memory the plugin may read until the call ends.
        var lent: [PayloadBlock] = []
    }

    /// The call's own handler, which `hook` holds; a second reference would cost as much as a small hook.
    private unowned(unsafe) let heldHandler: NativeHandler
    private let work: Mutex<Work>
    /// The plugin's view; in the arena, and therefore valid as long as this object.
    let pointer: UnsafeMutablePointer<hg_call>
    /// Whether a reference is held for a plugin that may complete the call later.
    private let isClaimed = Atomic<Bool>(false)

    init(
        _ hook: PlannedHook,
        payload: PayloadBlock,
        request: RequestState,
        deadline: UInt64,
        handler: NativeHandler
    ) {
        unsafe heldHandler = handler
        let work = Work()
        unsafe pointer = work.arena.call
        self.work = Mutex(work)
        super.init(hook, payload: payload, request: request, deadline: deadline)
        unsafe pointer.initialize(
            to: hg_call(
                struct_size: UInt32(MemoryLayout<hg_call>.size),
                reserved: 0,
                host: handler.instance.hostTable,
                impl: Unmanaged.passUnretained(self).toOpaque(),
                hook: handler.hookName.slice,
                payload: payload.unsafeBlock,
                context: request.context.block.unsafeBlock,
                deadline_ns: deadline,
                user: nil
            )
        )
    }

    /// The handler that made the call.
    var handler: NativeHandler { unsafe heldHandler }

    /// The call behind the plugin's view.
    static func from(_ pointer: UnsafePointer<hg_call>?) -> NativeCall? {
        guard let implementation = unsafe pointer?.pointee.impl else { return nil }
        return unsafe Unmanaged<NativeCall>.fromOpaque(implementation).takeUnretainedValue()
    }

    // MARK: Lifetime

    /// Holds the call for the plugin, until `drop`.
    func claim() {
        isClaimed.store(true, ordering: .relaxed)
        _ = unsafe Unmanaged.passRetained(self)
    }

    /// Lets go of what `claim` holds; at most once.
    func dropClaim() {
        if isClaimed.exchange(false, ordering: .acquiringAndReleasing) {
            unsafe Unmanaged.passUnretained(self).release()
        }
    }

    /// What the hook's status and its effects mean.
    ///
    /// Called once, when the hook has ended.
    func response(for status: hg_status) -> HookResponse {
        let (effects, breach) = work.withLock { work in
            defer { work.effects = nil }
            return (work.effects, work.breach)
        }
        if let breach { return .failed(.badReply, message: breach) }
        guard status != HG_OK else { return .completed(effects) }
        return .failed(.failed, message: effects?.failure ?? "hook returned \(StatusText.of(status))")
    }

    // MARK: What the plugin asks for

    func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        unsafe work.withLock { work in
            unsafe UInt(bitPattern: work.arena.allocate(size, limit: handler.instance.limits.maxBlockBytes * 2))
        }.pointer
    }

    /// Records an effect, unless nobody waits for it any more.
    func record(_ change: (HookEffects) -> Void) -> hg_status {
        work.withLock { work in
            guard isOpen else { return hg_status(HG_E_LATE) }
            let effects = work.effects ?? HookEffects()
            work.effects = effects
            change(effects)
            return hg_status(HG_OK)
        }
    }

    /// Takes a reply: a valid object in the call's own memory.
    func reply(_ block: UnsafePointer<hg_block>?) -> hg_status {
        guard handler.registered.mayModify else {
            return breach("the hook replied, but did not declare HG_MAY_MODIFY", HG_E_FORBIDDEN)
        }
        guard let block = unsafe block else { return breach("the reply is null", HG_E_ARGUMENT) }
        let start = UInt(bitPattern: block)
        let hasHeader = work.withLock { unsafe $0.arena.contains(start, size: UInt(MemoryLayout<hg_block>.size)) }
        let size = hasHeader ? unsafe UInt(Self.size(of: block)) : .max
        guard hasHeader, work.withLock({ unsafe $0.arena.contains(start, size: size) }) else {
            return breach("the reply does not lie in memory of the call's `alloc`, or is larger", HG_E_ARGUMENT)
        }
        return unsafe read(block, as: "reply") { reply in
            guard reply.root.isObject else { return "the reply is no object of the fields to replace" }
            _ = record { $0.reply = reply }
            return nil
        }
    }

    /// Takes a violation that blocks, or is only reported.
    func violation(_ block: UnsafePointer<hg_block>?, blocks: Bool) -> hg_status {
        guard handler.registered.mayDeny || !blocks else {
            return breach("the hook denied, but did not declare HG_MAY_DENY", HG_E_FORBIDDEN)
        }
        return unsafe read(block, as: "violation") { value in
            do throws(BlockError) {
                let violation = try PluginViolation(block: value.root)
                _ = record { if blocks { $0.denial = violation } else { $0.report = violation } }
                return nil
            } catch {
                return "the violation is malformed: \(error)"
            }
        }
    }

    func metadata(_ key: String, _ block: UnsafePointer<hg_block>?) -> hg_status {
        unsafe read(block, as: "metadata") { value in
            _ = record { $0.metadata[key] = value.value }
            return nil
        }
    }

    func httpHeaders(_ block: UnsafePointer<hg_block>?) -> hg_status {
        unsafe read(block, as: "headers") { value in
            guard let headers = value.value.object, headers.allSatisfy({ $0.value.string != nil }) else {
                return "the headers are no object of texts"
            }
            _ = record { effects in
                for (name, value) in headers { effects.httpHeaders[name] = value }
            }
            return nil
        }
    }

    /// Runs another hook for the same request; the plugin gets to know its outcome on the call's lane.
    func invoke(
        _ hook: HookName,
        _ block: UnsafePointer<hg_block>?,
        _ callback: OutcomeCallback
    ) -> hg_status {
        guard let executor = handler.instance.host.executor else { return hg_status(HG_E_UNSUPPORTED) }
        var payload: PayloadBlock?
        let status = unsafe read(block, as: "payload of \(hook)") { value in
            payload = value
            return nil
        }
        guard status == HG_OK, let payload else { return status }
        guard payload.root.isObject, hook.payloadShape?.problem(in: payload.root) == nil else {
            return hg_status(HG_E_TYPE)
        }
        let hasBegun = invoke(hook, payload, on: executor) { outcome in
            let job: LaneQueue.Job = {
                let block = (try? PayloadBlock(outcome.object)) ?? PayloadBlock.emptyObject
                // The block is the plugin's to read until its function returns.
                self.handler.mark.around(self) { unsafe callback.done(callback.context, block.unsafeBlock) }
                extendLifetime(block)
            }
            executor.submit(job, to: self)
        }
        return hg_status(hasBegun ? HG_OK : HG_E_LIMIT)
    }

    /// Copies and validates a block that the plugin hands over, and lets `take` use it or say what is wrong.
    private func read(
        _ block: UnsafePointer<hg_block>?,
        as what: String,
        _ take: (PayloadBlock) -> String?
    ) -> hg_status {
        guard isOpen else { return hg_status(HG_E_LATE) }
        guard let block = unsafe block else { return breach("the \(what) is null", HG_E_ARGUMENT) }
        do throws(BlockError) {
            let bytes = unsafe UnsafeRawBufferPointer(start: block, count: Self.size(of: block))
            let limits = BlockLimits(maxBytes: handler.instance.limits.maxBlockBytes)
            guard let problem = take(unsafe try PayloadBlock(validating: bytes, limits: limits)) else {
                return hg_status(HG_OK)
            }
            return breach(problem, HG_E_TYPE)
        } catch {
            return breach("the \(what) is no valid block: \(error)", HG_E_ARGUMENT)
        }
    }

    /// The size that a block claims; it may lie at any address.
    private static func size(of block: UnsafePointer<hg_block>) -> Int {
        Int(unsafe UnsafeRawPointer(block).loadUnaligned(as: hg_block.self).size)
    }

    private func breach(_ message: String, _ status: Int) -> hg_status {
        guard isOpen else { return hg_status(HG_E_LATE) }
        work.withLock { $0.breach = $0.breach ?? message }
        return hg_status(status)
    }

    // MARK: State

    func setState(_ scope: RequestState.Scope, _ key: String, _ block: UnsafePointer<hg_block>?) -> hg_status {
        guard unsafe block != nil else {
            return record { $0.stateWrites.append(StateWrite(scope: scope, key: key, value: nil)) }
        }
        return unsafe read(block, as: "state") { value in
            _ = record { $0.stateWrites.append(StateWrite(scope: scope, key: key, value: value)) }
            return nil
        }
    }

    /// The value of a key, with this call's own writes; the block is lent until the call ends.
    func state(_ scope: RequestState.Scope, _ key: String) -> PayloadBlock? {
        work.withLock { work in
            let written = work.effects?.stateWrites.last { $0.scope == scope && $0.key == key }
            let value = written.map(\.value) ?? request.value(of: key, scope: scope, plugin: hook.stateKey)
            if let value { work.lent.append(value) }
            return value
        }
    }

    /// All keys of a scope, with this call's own writes; the block is lent until the call ends.
    func allState(_ scope: RequestState.Scope) throws(BlockError) -> PayloadBlock {
        var values = request.all(scope: scope, plugin: hook.stateKey)
        let writes = work.withLock { $0.effects?.stateWrites ?? [] }
        for write in writes where write.scope == scope { values[write.key] = write.value }
        var writer = BlockWriter()
        writer.beginObject()
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            writer.key(key)
            writer.add(value.root)
        }
        writer.end()
        let block = try writer.finish()
        work.withLock { $0.lent.append(block) }
        return block
    }
}

extension UInt {
    /// The address that the number is.
    fileprivate var pointer: UnsafeMutableRawPointer? { unsafe UnsafeMutableRawPointer(bitPattern: self) }
}
