public import PluginPayloads

/// Takes a plugin's hooks while it is made.
///
/// A handler is a method or a closure, and is best synchronous when it never waits: it is then called directly.
/// An `async` handler runs as a task, on the call's own queue and threads of the runtime, also after it was suspended.
/// Unstructured tasks that it starts do not; they run on Swift's default pool, where they must not block.
///
/// A handler denies by its result, or by throwing a `PluginViolation`; any other error is a failure of the plugin.
public final class HookRegistrar {
    private(set) var hooks: [RegisteredHook] = []

    init() {}

    /// Registers a synchronous handler of a hook.
    ///
    /// - Parameters:
    ///   - hook: The hook, such as `.toolPostInvoke`.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    @inlinable  // Compiled with the payload's type, so that a call costs no lookups of generic metadata.
    public func on<Payload: HookPayload>(
        _ hook: HookPoint<Payload>,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) throws -> HookResult<Payload.Modified>
    ) {
        add(hook.name.text, options) { block, context in
            try handler(Payload(block: block), context).erased { .fields($0) }
        }
    }

    /// Registers an asynchronous handler of a hook.
    ///
    /// - Parameters:
    ///   - hook: The hook, such as `.toolPostInvoke`.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    @inlinable
    public func on<Payload: HookPayload>(
        _ hook: HookPoint<Payload>,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) async throws -> HookResult<Payload.Modified>
    ) {
        addAsync(hook.name.text, options) { block, context in
            try await handler(Payload(block: block), context).erased { .fields($0) }
        }
    }

    /// Registers a synchronous handler of a custom hook.
    ///
    /// - Parameters:
    ///   - name: The hook's name: `a` to `z`, digits, `_`, `.`, `:` and `-`, such as `email_pre_send`.
    ///   - payload: The type of its payload, whose properties are the top-level fields.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    @inlinable
    public func on<Payload: Codable & Sendable>(
        _ name: String,
        _ payload: Payload.Type,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) throws -> HookResult<Payload>
    ) {
        add(name, options, payload: payload) { block, context in
            let payload: Payload = try CustomPayload.decode(block)
            return try handler(payload, context).erased { try CustomPayload.encode($0, changedFrom: payload) }
        }
    }

    /// Registers an asynchronous handler of a custom hook.
    ///
    /// - Parameters:
    ///   - name: The hook's name: `a` to `z`, digits, `_`, `.`, `:` and `-`, such as `email_pre_send`.
    ///   - payload: The type of its payload, whose properties are the top-level fields.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    @inlinable
    public func on<Payload: Codable & Sendable>(
        _ name: String,
        _ payload: Payload.Type,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) async throws -> HookResult<Payload>
    ) {
        addAsync(name, options, payload: payload) { block, context in
            let payload: Payload = try CustomPayload.decode(block)
            return try await handler(payload, context).erased { try CustomPayload.encode($0, changedFrom: payload) }
        }
    }
}

extension HookRegistrar {
    /// Adds a handler; `payload` is the type that the plugin brings for a custom hook.
    @usableFromInline
    func add(
        _ name: String,
        _ options: HookOptions,
        payload: (any Decodable.Type)? = nil,
        _ handler: @escaping SyncHandler
    ) {
        hooks.append(RegisteredHook(name, options, payload: payload, .sync(handler)))
    }

    /// Adds a handler; `payload` is the type that the plugin brings for a custom hook.
    @usableFromInline
    func addAsync(
        _ name: String,
        _ options: HookOptions,
        payload: (any Decodable.Type)? = nil,
        _ handler: @escaping AsyncHandler
    ) {
        hooks.append(RegisteredHook(name, options, payload: payload, .async(handler)))
    }
}

@available(*, unavailable)
extension HookRegistrar: Sendable {}
