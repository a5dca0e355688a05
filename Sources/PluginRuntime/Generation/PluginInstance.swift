import PluginHooks
import PluginLoader
import PluginPayloads
import Synchronization

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
    }

    /// What runs behind the hooks.
    enum Code: Sendable {
        case plugin(NativeInstance)
        case function(FunctionHandler)
    }

    let identity: Identity
    let toolchain: String
    let pinReason: String?
    let code: Code
    let account: PluginAccount
    let counters: PluginCounters
    private let reaper: Reaper
    private let isRetired = Atomic<Bool>(false)
    private let health = Mutex<String?>(nil)

    init(
        _ identity: Identity,
        _ staged: StagedFile,
        code: Code,
        account: PluginAccount,
        counters: PluginCounters,
        reaper: Reaper
    ) {
        self.identity = identity
        self.toolchain = staged.image.toolchain.description
        self.pinReason = staged.image.pinReason
        self.code = code
        self.account = account
        self.counters = counters
        self.reaper = reaper
    }

    deinit {
        retire()
    }

    /// Has the plugin stopped; once, however often this is called.
    func retire() {
        guard case .plugin(let native) = code, !isRetired.exchange(true, ordering: .relaxed) else { return }
        reaper.stop(native, named: identity.name)
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

    /// The hooks that the plugin has.
    var hooks: [HookName] {
        switch code {
        case .plugin(let native): native.registration.hooks.map(\.name)
        case .function(let handler): [handler.hook]
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
        }
    }
}
