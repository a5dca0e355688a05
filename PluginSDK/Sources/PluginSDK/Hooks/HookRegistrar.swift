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
    public func on<Payload: HookPayload>(
        _ hook: HookPoint<Payload>,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) throws -> HookResult<Payload.Modified>
    ) {
        hooks.append(RegisteredHook(hook.name.text, options, StandardCodec<Payload>.self, handler))
    }

    /// Registers an asynchronous handler of a hook.
    ///
    /// - Parameters:
    ///   - hook: The hook, such as `.toolPostInvoke`.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    public func on<Payload: HookPayload>(
        _ hook: HookPoint<Payload>,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) async throws -> HookResult<Payload.Modified>
    ) {
        hooks.append(RegisteredHook(hook.name.text, options, StandardCodec<Payload>.self, handler))
    }

    /// Registers a synchronous handler of a custom hook.
    ///
    /// - Parameters:
    ///   - name: The hook's name: `a` to `z`, digits, `_`, `.`, `:` and `-`, such as `email_pre_send`.
    ///   - payload: The type of its payload, whose properties are the top-level fields.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    public func on<Payload: Codable & Sendable>(
        _ name: String,
        _ payload: Payload.Type,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) throws -> HookResult<Payload>
    ) {
        hooks.append(RegisteredHook(name, options, CustomCodec<Payload>.self, handler))
    }

    /// Registers an asynchronous handler of a custom hook.
    ///
    /// - Parameters:
    ///   - name: The hook's name: `a` to `z`, digits, `_`, `.`, `:` and `-`, such as `email_pre_send`.
    ///   - payload: The type of its payload, whose properties are the top-level fields.
    ///   - options: What the handler promises not to do.
    ///   - handler: Gets the payload and the context, on any thread.
    public func on<Payload: Codable & Sendable>(
        _ name: String,
        _ payload: Payload.Type,
        options: HookOptions = [],
        _ handler: @escaping @Sendable (Payload, HookContext) async throws -> HookResult<Payload>
    ) {
        hooks.append(RegisteredHook(name, options, CustomCodec<Payload>.self, handler))
    }
}

@available(*, unavailable)
extension HookRegistrar: Sendable {}
