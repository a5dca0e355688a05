import CHookgate
import PluginPayloads
import Synchronization

/// The way to the runtime's table, cut when the plugin is released.
///
/// Safe because the table is valid from the entry to the end of `destroy`, where ``close()`` forgets it. A plugin whose
/// own threads run beyond its `shutdown` breaks the rules of the ABI; what they log is dropped from then on.
///
/// `@unchecked Sendable`: the runtime's functions may be called from any thread; the pointers are in an atomic and in a
/// lock.
@safe
final class HostConnection: @unchecked Sendable {
    private let table: Atomic<UnsafePointer<hg_host>?>
    /// The registrar while the entry runs.
    private let registrar: Mutex<RuntimeHandle?>

    @unsafe
    init(_ table: UnsafePointer<hg_host>, _ registrar: OpaquePointer) {
        unsafe self.table = unsafe Atomic(table)
        self.registrar = Mutex(unsafe RuntimeHandle(registrar))
    }

    /// The entry is about to return.
    func endEntry() {
        registrar.withLock { $0 = nil }
    }

    /// The plugin is released.
    func close() {
        unsafe table.store(nil, ordering: .releasing)
    }

    func log(_ level: PluginLog.Level, _ message: String) {
        guard let table = unsafe table.load(ordering: .acquiring) else { return }
        unsafe withSlice(of: message) { message in unsafe table.pointee.log(table, level.code, message) }
    }

    func count(_ counter: String, by amount: Int64) {
        guard let table = unsafe table.load(ordering: .acquiring) else { return }
        unsafe withSlice(of: counter) { counter in unsafe table.pointee.count(table, counter, amount) }
    }

    /// Ends `start`, `stop` or `health`.
    func end(_ completion: RuntimeHandle, _ status: hg_status, _ message: String) {
        guard let table = unsafe table.load(ordering: .acquiring) else { return }
        unsafe withSlice(of: message) { message in
            unsafe table.pointee.completed(completion.pointer, status, message)
        }
    }

    /// Reports a problem of the configuration.
    ///
    /// - Returns: Whether the entry still runs, so that it could be reported.
    func report(_ problem: ConfigurationProblem, _ severity: ProblemSeverity) -> Bool {
        registrar.withLock { registrar in
            guard let registrar, let table = unsafe table.load(ordering: .acquiring) else {
                return false
            }
            unsafe withSlice(of: problem.pointer) { pointer in
                unsafe withSlice(of: problem.message) { message in
                    unsafe table.pointee.config_problem(registrar.pointer, severity.rawValue, pointer, message)
                }
            }
            return true
        }
    }

    /// Registers a hook, whose `self` is the registration: it has to outlive every call.
    func add(_ hook: RegisteredHook) throws(ConfigurationProblem) {
        let status = registrar.withLock { registrar in
            guard let registrar, let table = unsafe table.load(ordering: .acquiring) else {
                return hg_status(HG_E_STATE)
            }
            return unsafe withSlice(of: hook.name) { name in
                unsafe withSlice(of: hook.schema) { schema in
                    var description = unsafe hg_hook(
                        struct_size: UInt32(MemoryLayout<hg_hook>.size),
                        flags: hook.flags,
                        name: name,
                        schema: schema,
                        function: callRegisteredHook,
                        self: Unmanaged.passUnretained(hook).toOpaque()
                    )
                    return unsafe table.pointee.add_hook(registrar.pointer, &description)
                }
            }
        }
        guard status != HG_OK else { return }
        let refusal = RuntimeRefusal(function: "add_hook", status: status)
        throw ConfigurationProblem("the hook \"\(hook.name)\": \(refusal)")
    }
}

/// How bad a problem of the configuration is; the raw values are those of the C header.
enum ProblemSeverity: Int32 {
    case warning = 0
    case error = 1
}

extension PluginLog.Level {
    /// The level in the C header.
    var code: Int32 {
        switch self {
        case .debug: Int32(HG_LOG_DEBUG)
        case .info: Int32(HG_LOG_INFO)
        case .warning: Int32(HG_LOG_WARNING)
        case .error: Int32(HG_LOG_ERROR)
        }
    }
}

/// Something that only the runtime looks into: a registrar or a completion.
///
/// `@unchecked Sendable`: the pointer is only passed back to the runtime, while it is valid: a registrar until the entry
/// returns, when the connection forgets it; a completion until it is given to `completed`, which happens once.
@safe
struct RuntimeHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    @unsafe
    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }
}
