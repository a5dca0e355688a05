/// Something for a thread of the executor to do, in one word, so that a thread's next work can be an atomic.
///
/// The word is a pointer, whose low bits tell what it points to: objects are at least 8-byte aligned. A run or a
/// call is held by the word, until `take` hands the reference to whoever runs it: exactly once.
@safe
struct Work: Sendable {
    enum Item {
        case job(UnownedJob)
        case run(HookRun)
        /// The next job of the call's lane.
        case lane(HookCall)
        /// Tells the plugin that nobody waits for the call any more.
        case cancel(HookCall)
        /// Reports that a thread is lost in the call.
        case loss(HookCall)
    }

    private static let tagMask: UInt = 7

    let bits: UInt

    init(bits: UInt) {
        self.bits = bits
    }

    private init(_ object: AnyObject, tag: UInt) {
        bits = unsafe UInt(bitPattern: Unmanaged.passRetained(object).toOpaque()) | tag
    }

    static func job(_ job: UnownedJob) -> Work { unsafe Work(bits: unsafeBitCast(job, to: UInt.self)) }
    static func run(_ run: HookRun) -> Work { Work(run, tag: 1) }
    static func lane(_ call: HookCall) -> Work { Work(call, tag: 2) }
    static func cancel(_ call: HookCall) -> Work { Work(call, tag: 3) }
    static func loss(_ call: HookCall) -> Work { Work(call, tag: 4) }

    /// Takes the work out of the word.
    func take() -> Item {
        switch bits & Self.tagMask {
        case 0: unsafe .job(unsafeBitCast(bits, to: UnownedJob.self))
        case 1: .run(object(as: HookRun.self))
        case 2: .lane(object(as: HookCall.self))
        case 3: .cancel(object(as: HookCall.self))
        default: .loss(object(as: HookCall.self))
        }
    }

    private func object<Object: AnyObject>(as type: Object.Type) -> Object {
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: bits & ~Self.tagMask) else {
            fatalError("work without object")
        }
        return unsafe Unmanaged<Object>.fromOpaque(pointer).takeRetainedValue()
    }
}
