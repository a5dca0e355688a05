package import PluginPayloads
import Synchronization

/// What the hooks of one request remember: the state of every plugin, and the global one.
///
/// It lives as long as the request. A late call may still read it; only calls in time write to it.
package final class RequestState: Sendable {
    /// Whose keys are meant.
    package enum Scope: Sendable, Hashable, CaseIterable {
        case pluginState
        case pluginMetadata
        case globalState
        case globalMetadata

        /// Whether all plugins of the request share it.
        package var isGlobal: Bool { self == .globalState || self == .globalMetadata }
    }

    private struct Key: Hashable {
        var plugin: Int
        var scope: Scope
    }

    package let context: RequestContext
    private let values = Mutex<[Key: [String: PayloadBlock]]>([:])
    /// The hooks that the request's plugins can invoke themselves.
    ///
    /// The request holds them, and not this: a call that is late must not keep other plugins from being stopped.
    weak let plans: (any HookPlans)?
    /// Whether outcomes say what each plugin did.
    package let recordsExecutions: Bool
    /// The plugins that have invoked one another, the first one first, until this.
    let invokers: [PluginAccount]
    /// How many hooks have invoked one another to get here.
    package var invocationDepth: Int { invokers.count }
    /// Where the values are, if the request has begun before this.
    private let beginning: RequestState?
    /// Runs the hooks that plugins invoke, if that is not done here.
    let invoker: (any HookInvoker)?

    package init(
        context: RequestContext,
        plans: (any HookPlans)? = nil,
        invoker: (any HookInvoker)? = nil,
        recordsExecutions: Bool = false
    ) {
        self.context = context
        self.plans = plans
        self.invoker = invoker
        self.recordsExecutions = recordsExecutions
        invokers = []
        beginning = nil
    }

    /// The same request, of which more is known.
    package init(context: RequestContext, continuing request: RequestState) {
        self.context = context
        plans = request.plans
        recordsExecutions = request.recordsExecutions
        invokers = request.invokers
        invoker = request.invoker
        beginning = request.holder
    }

    /// The same request, for the hooks that one of its plugins invokes.
    init(invokedBy plugin: PluginAccount, in request: RequestState) {
        context = request.context
        plans = request.plans
        recordsExecutions = false
        invokers = request.invokers + [plugin]
        invoker = request.invoker
        beginning = request.holder
    }

    private var holder: RequestState { beginning ?? self }

    /// The value of a key, as the hooks so far have left it.
    package func value(of key: String, scope: Scope, plugin: Int) -> PayloadBlock? {
        holder.values.withLock { $0[Self.key(scope, plugin)]?[key] }
    }

    /// All keys of a scope.
    package func all(scope: Scope, plugin: Int) -> [String: PayloadBlock] {
        holder.values.withLock { $0[Self.key(scope, plugin)] ?? [:] }
    }

    /// Takes over what a hook has written; `nil` removes a key.
    package func merge(_ writes: [StateWrite], plugin: Int) {
        holder.values.withLock { values in
            for write in writes {
                values[Self.key(write.scope, plugin), default: [:]][write.key] = write.value
            }
        }
    }

    /// Whether any value is there that a plugin may see.
    package func isEmpty(plugin: Int) -> Bool {
        holder.values.withLock { values in
            values.isEmpty || Scope.allCases.allSatisfy { values[Self.key($0, plugin)]?.isEmpty ?? true }
        }
    }

    /// Puts other values in the place of all keys of a scope.
    package func replace(_ all: [String: PayloadBlock], scope: Scope, plugin: Int) {
        holder.values.withLock { $0[Self.key(scope, plugin)] = all }
    }

    /// Sets a key of the global metadata, on behalf of the program that embeds the runtime.
    package func setGlobalMetadata(_ key: String, _ value: PayloadBlock) {
        merge([StateWrite(scope: .globalMetadata, key: key, value: value)], plugin: -1)
    }

    private static func key(_ scope: Scope, _ plugin: Int) -> Key {
        switch scope {
        case .pluginState, .pluginMetadata: Key(plugin: plugin, scope: scope)
        case .globalState, .globalMetadata: Key(plugin: -1, scope: scope)
        }
    }
}

/// One key that a hook wrote.
package struct StateWrite: Sendable {
    package let scope: RequestState.Scope
    package let key: String
    package let value: PayloadBlock?

    package init(scope: RequestState.Scope, key: String, value: PayloadBlock?) {
        self.scope = scope
        self.key = key
        self.value = value
    }
}
