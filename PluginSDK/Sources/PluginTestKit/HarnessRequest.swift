public import PluginPayloads
import Synchronization

/// One request: who sends it, and the state that plugins keep from its first to its last hook.
public final class HarnessRequest: Sendable {
    /// What the hooks are told about the request.
    public let identity: RequestIdentity

    /// Answers for the hooks that plugins of the request invoke.
    public typealias Hooks = @Sendable (_ hook: String, _ payload: JSONValue) -> HookOutcome

    private let hooks: Hooks
    private let scopes = Mutex<[StateScope: JSONObject]>([:])

    /// Starts a request.
    ///
    /// - Parameters:
    ///   - identity: What the hooks are told about it.
    ///   - hooks: Answers for the hooks that plugins invoke; by default no plugin is there.
    public init(
        _ identity: RequestIdentity = RequestIdentity(requestID: "request-1"),
        hooks: @escaping Hooks = { _, _ in HookOutcome() }
    ) {
        self.identity = identity
        self.hooks = hooks
    }

    func answer(_ hook: String, _ payload: JSONValue) -> HookOutcome { hooks(hook, payload) }

    /// What all plugins share.
    public var globalState: JSONObject { values(of: .globalState) }

    /// What all plugins share to describe the request.
    public var globalMetadata: JSONObject { values(of: .globalMetadata) }

    /// What a plugin keeps.
    ///
    /// - Parameter plugin: The plugin's name.
    /// - Returns: All its values.
    public func state(of plugin: String) -> JSONObject { values(of: .pluginState(plugin)) }

    /// What a plugin keeps to describe its work.
    ///
    /// - Parameter plugin: The plugin's name.
    /// - Returns: All its values.
    public func metadata(of plugin: String) -> JSONObject { values(of: .pluginMetadata(plugin)) }

    func values(of scope: StateScope) -> JSONObject {
        scopes.withLock { $0[scope] ?? [:] }
    }

    /// Takes over what a hook has written.
    func merge(_ writes: [StateWrite]) {
        scopes.withLock { scopes in
            for write in writes { scopes[write.scope, default: [:]][write.key] = write.value }
        }
    }
}

/// What a key belongs to.
enum StateScope: Hashable {
    case pluginState(String)
    case pluginMetadata(String)
    case globalState
    case globalMetadata
}

/// One write of a hook; without a value it removes the key.
struct StateWrite: Sendable {
    let scope: StateScope
    let key: String
    let value: JSONValue?
}
