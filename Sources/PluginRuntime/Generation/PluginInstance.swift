import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginSandbox
import PluginWorker
import Synchronization
import WorkerProtocol

/// A plugin that runs: what generations share, as long as one of them uses it.
///
/// When the last generation and the last call let go, the reaper stops it.
final class PluginInstance: Sendable {
    /// What has to be the same for an instance to be taken over by the next generation.
    struct Identity: Hashable {
        let name: String
        let digest: String
        let configuration: JSONObject
        let limits: PayloadLimits
        /// How it runs in processes of its own; `nil` if it runs in this one.
        let process: ProcessIdentity?
    }

    /// What has to be the same for a plugin's processes to be taken over.
    struct ProcessIdentity: Hashable {
        let settings: ProcessSettings
        let allowsInline: Bool
        let startupTimeout: Duration
        let sandbox: SandboxPolicy
    }

    /// What runs behind the hooks.
    enum Code: Sendable {
        case plugin(NativeInstance)
        case function(FunctionHandler)
        /// Either of them, in processes of its own.
        case workers(WorkerPool)
    }

    let identity: Identity
    let toolchain: String
    let pinReason: String?
    let code: Code
    /// The hooks of the plugin with the schemas of their payloads.
    let schemas: [(name: HookName, schema: JSONValue?)]
    let account: PluginAccount
    let counters: PluginCounters
    private let reaper: Reaper
    private let isRetired = Atomic<Bool>(false)
    private let health = Mutex<String?>(nil)

    init(
        _ identity: Identity,
        _ staged: StagedFile,
        code: Code,
        schemas: [(HookName, JSONValue?)],
        account: PluginAccount,
        counters: PluginCounters,
        reaper: Reaper
    ) {
        self.identity = identity
        self.toolchain = staged.image.toolchain.description
        self.pinReason = staged.image.pinReason
        self.code = code
        self.schemas = schemas
        self.account = account
        self.counters = counters
        self.reaper = reaper
    }

    deinit {
        retire()
    }

    /// Has the plugin stopped; once, however often this is called.
    func retire() {
        guard !isRetired.exchange(true, ordering: .relaxed) else { return }
        switch code {
        case .plugin(let native): reaper.stop(native, named: identity.name)
        case .workers(let pool): reaper.stop(pool)
        case .function: break
        }
    }

    /// Why the plugin cannot work, as it said last.
    var healthProblem: String? { health.withLock { $0 } }

    /// Remembers what the plugin said of its health.
    ///
    /// - Parameter problem: Why it cannot work; `nil` if it can.
    /// - Returns: Whether that is news.
    func setHealthProblem(_ problem: String?) -> Bool {
        health.withLock { health in
            defer { health = problem }
            return health != problem
        }
    }

    /// How the plugin's processes do, if it has its own.
    var workers: WorkerPoolStatus? {
        if case .workers(let pool) = code { pool.status } else { nil }
    }

    /// The hooks that the plugin has.
    var hooks: [HookName] {
        switch code {
        case .plugin(let native): native.registration.hooks.map(\.name)
        case .function(let handler): [handler.hook]
        case .workers(let pool): pool.registration.hooks.map { HookName($0.name) }
        }
    }

    /// What serves a hook, whether it never blocks, and whether it never changes the payload.
    func handler(
        for hook: HookName
    ) -> (handler: any HookHandler, neverBlocks: Bool, isReadOnly: Bool)? {
        switch code {
        case .plugin(let native):
            guard let registered = native.registration.hooks.first(where: { $0.name == hook }) else { return nil }
            let handler = NativeHandler(registered, of: native, heldBy: self)
            // A hook that may suspend has to be able to wait for its end.
            return (handler, !registered.mayBlock && !registered.maySuspend, !registered.mayModify)
        case .function(let handler):
            return handler.hook == hook ? (handler, false, !handler.mayModify) : nil
        case .workers(let pool):
            let hooks = pool.registration.hooks
            guard let index = hooks.firstIndex(where: { $0.name == hook.text }) else { return nil }
            return (WorkerHandler(index: index, of: pool, heldBy: self), false, !hooks[index].mayModify)
        }
    }
}

extension PluginInstance.Code {
    /// Whether the plugin says that it bears one call at a time.
    var isSerial: Bool {
        switch self {
        case .plugin(let native): native.isSerial
        case .workers(let pool): pool.registration.isSerial
        case .function: false
        }
    }
}
