public import PluginSDK

/// Writes a line of JSON to a file for each call of a hook; it never blocks a request and never changes one.
public struct AuditLog: Plugin {
    /// Where lines go, and what they tell.
    public typealias Configuration = AuditLogConfiguration

    /// The name in the manifest.
    public static let name = "audit_log"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let format: LineFormat
    private let writer: LogWriter

    /// Keeps the configuration; the file is opened by ``initialize()``.
    public init(configuration: Configuration, host: PluginHost) {
        format = LineFormat(configuration: configuration)
        writer = LogWriter(
            path: configuration.path,
            checkInterval: configuration.rotationCheckInterval,
            queueBytes: configuration.queueBytes,
            host: host
        )
    }

    /// Registers the twelve hooks of a request.
    public func register(on hooks: HookRegistrar) {
        record(.promptPreFetch, as: .promptPreFetch, on: hooks)
        record(.promptPostFetch, as: .promptPostFetch, on: hooks)
        record(.toolPreInvoke, as: .toolPreInvoke, on: hooks)
        record(.toolPostInvoke, as: .toolPostInvoke, on: hooks)
        record(.resourcePreFetch, as: .resourcePreFetch, on: hooks)
        record(.resourcePostFetch, as: .resourcePostFetch, on: hooks)
        record(.agentPreInvoke, as: .agentPreInvoke, on: hooks)
        record(.agentPostInvoke, as: .agentPostInvoke, on: hooks)
        record(.httpPreRequest, as: .httpPreRequest, on: hooks)
        record(.httpPostRequest, as: .httpPostRequest, on: hooks)
        record(.httpAuthResolveUser, as: .httpAuthResolveUser, on: hooks)
        record(.httpAuthCheckPermission, as: .httpAuthCheckPermission, on: hooks)
    }

    private func record<Payload: StandardPayload>(
        _ point: HookPoint<Payload>,
        as hook: AuditedHook,
        on hooks: HookRegistrar
    ) {
        hooks.on(point, options: [.neverDenies, .neverModifies]) { payload, context in
            writer.add(try format.line(of: hook, payload, context.globalContext.identity, at: .now))
            return .proceed
        }
    }

    /// Opens the file and starts to write.
    public func initialize() async throws {
        try writer.start()
    }

    /// Writes what waits to be written.
    public func shutdown() async {
        await writer.stop()
    }

    /// Says whether lines are lost.
    public func health() async throws {
        if let problem = writer.problem { throw problem }
    }
}
