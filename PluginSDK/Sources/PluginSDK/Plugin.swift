/// A plugin: what is made once for each configured instance, and registers hooks.
///
/// There are three ways to register a hook:
///
/// 1. Conform to the hook's protocol, such as ``ToolPreInvokeHook``, and write its method.
/// 2. Register any method or closure for a hook's name: `hooks.on(.toolPostInvoke, check)`.
/// 3. Register a hook of your own, with your own payload: `hooks.on("email_pre_send", EmailPayload.self, validate)`.
///
/// A plugin is called from several threads at once, unless it says ``isSerial``. An error that it throws fails the call,
/// and what happens then is the operator's choice; a trap ends the process, or the worker that the plugin runs in.
public protocol Plugin: Sendable {
    /// What the operator configures: the `config` of the plugin's entry.
    associatedtype Configuration: Decodable & Sendable = NoConfiguration

    /// The name, the same as in the manifest.
    static var name: String { get }

    /// The version, the same as in the manifest.
    static var version: String { get }

    /// Whether calls have to come one at a time, in the order of their arrival.
    static var isSerial: Bool { get }

    /// Makes an instance: no I/O, no threads, no waiting, which belong to ``initialize()``.
    ///
    /// It also runs where hooks never do, to check a configuration.
    ///
    /// - Parameters:
    ///   - configuration: What the operator configured.
    ///   - host: What the runtime offers; to be kept.
    /// - Throws: ``ConfigurationProblem`` to point at a key, or any error, which is shown for the whole configuration.
    init(configuration: Configuration, host: PluginHost) throws

    /// Registers hooks beside those of the protocols that the plugin conforms to.
    ///
    /// - Parameter hooks: Takes the registrations; of no use later.
    func register(on hooks: HookRegistrar)

    /// Gets ready before the first hook: connections, caches, own threads.
    ///
    /// It runs on Swift's default pool of threads and is bounded by the runtime's `startup_timeout`.
    ///
    /// - Throws: Any error, which fails the plugin.
    func initialize() async throws

    /// Undoes ``initialize()`` after the last hook: own threads and tasks have ended when it returns.
    func shutdown() async

    /// Says whether the plugin can work.
    ///
    /// - Throws: Any error, which says why it cannot.
    func health() async throws
}

extension Plugin {
    /// By default calls come concurrently.
    public static var isSerial: Bool { false }

    /// By default nothing is registered beside the protocols.
    public func register(on hooks: HookRegistrar) {}

    /// By default there is nothing to get ready.
    public func initialize() async throws {}

    /// By default there is nothing to undo.
    public func shutdown() async {}

    /// By default a plugin can work.
    public func health() async throws {}
}

/// The configuration of a plugin that has none.
public struct NoConfiguration: Decodable, Sendable {
    /// Makes it.
    public init() {}

    /// Decodes it from any object, of which every key is unknown.
    public init(from decoder: any Decoder) throws {
        _ = try decoder.container(keyedBy: NoKeys.self)
    }

    private enum NoKeys: CodingKey {}
}
