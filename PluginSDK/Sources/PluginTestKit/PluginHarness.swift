import Dispatch
public import PluginPayloads
public import PluginSDK

/// Drives a plugin through its C table, as the runtime does, without a runtime.
///
/// ```swift
/// let harness = try PluginHarness(EmailGuard.self, configuration: ["domain": "example.com"])
/// let result = try await harness.invoke("email_pre_send", payload: ["recipient": "ada", "subject": "", "body": ""])
/// #expect(result.modified?["recipient"] == "ada@example.com")
/// ```
///
/// Every call has its own queue; calls of one plugin run concurrently. No deadline is enforced: ``HarnessCall/cancel()``
/// stands for it. The last reference releases the plugin, when the last call has ended.
public final class PluginHarness: Sendable {
    private let plugin: LoadedPlugin

    /// Makes an instance of a Swift plugin.
    ///
    /// - Parameters:
    ///   - plugin: The plugin.
    ///   - configuration: Its configuration.
    /// - Throws: ``HarnessError`` if the plugin refuses it.
    public convenience init<P: Plugin>(_ plugin: P.Type, configuration: JSONObject = [:]) throws(HarnessError) {
        try self.init(PluginEntry(of: plugin), configuration)
    }

    /// Makes an instance of any plugin, of which the entry is known.
    ///
    /// - Parameters:
    ///   - entry: The plugin's `hg_plugin_entry_v1`, which has to obey the header.
    ///   - configuration: The plugin's configuration.
    /// - Throws: ``HarnessError`` if the plugin refuses it.
    @unsafe
    public convenience init(
        entry: @escaping PluginEntryFunction,
        configuration: JSONObject = [:]
    ) throws(HarnessError) {
        try self.init(unsafe PluginEntry(entry), configuration)
    }

    init(_ entry: PluginEntry, _ configuration: JSONObject) throws(HarnessError) {
        let block: PayloadBlock
        do {
            block = try PayloadBlock(configuration)
        } catch {
            throw HarnessError("the configuration makes no block: \(error)")
        }
        plugin = try LoadedPlugin(entry, configuration: block)
    }

    /// The plugin's name.
    public var name: String { plugin.name }

    /// The plugin's version.
    public var version: String { plugin.version }

    /// Whether its calls have to come one at a time; the harness leaves that to its user.
    public var isSerial: Bool { plugin.isSerial }

    /// The hooks that it has registered, in that order.
    public var hooks: [RecordedHook] { plugin.hooks.map(\.recorded) }

    /// Its hooks that are plain C functions, and their signatures; the harness cannot call them.
    public var functions: [(hook: String, signature: String)] { plugin.functions }

    /// What it said about its configuration.
    public var problems: [RecordedProblem] { plugin.problems }

    /// What it has written to the log.
    public var log: [RecordedLine] { plugin.host.lines }

    /// Its counters.
    public var counters: [String: Int] { plugin.host.counters }

    /// What it did that the ABI forbids.
    public var complaints: [String] { plugin.host.complaints }

    /// Gets the plugin ready.
    ///
    /// - Throws: ``HarnessError`` with what the plugin says.
    public func start() async throws(HarnessError) { try await plugin.run(.start) }

    /// Undoes ``start()``.
    ///
    /// - Throws: ``HarnessError`` with what the plugin says.
    public func stop() async throws(HarnessError) { try await plugin.run(.stop) }

    /// Asks whether the plugin can work.
    ///
    /// - Throws: ``HarnessError`` with what the plugin says.
    public func health() async throws(HarnessError) { try await plugin.run(.health) }
}

// MARK: - Calls

extension PluginHarness {
    /// Whether the caller runs on the lane of a call, where a handler has to stay when it may block.
    public static var isOnLane: Bool { DispatchQueue.getSpecific(key: CallRecord.laneKey) ?? false }
}

extension PluginHarness {
    /// Calls a hook and waits for its answer.
    ///
    /// - Parameters:
    ///   - hook: The hook's name.
    ///   - payload: The payload.
    ///   - request: The request that it belongs to, which keeps the plugin's state.
    ///   - timeout: The time until the deadline that the hook is told.
    /// - Returns: What it answered.
    /// - Throws: ``HarnessError`` if the plugin has no such hook, or the payload makes no block.
    public func invoke(
        _ hook: String,
        payload: JSONObject,
        request: HarnessRequest = HarnessRequest(),
        timeout: Duration = .seconds(30)
    ) async throws(HarnessError) -> HarnessResult {
        try await begin(hook, payload: payload, request: request, timeout: timeout).result
    }

    /// Starts to call a hook.
    ///
    /// - Parameters:
    ///   - hook: The hook's name.
    ///   - payload: The payload.
    ///   - request: The request that it belongs to, which keeps the plugin's state.
    ///   - timeout: The time until the deadline that the hook is told.
    /// - Returns: The call.
    /// - Throws: ``HarnessError`` if the plugin has no such hook, or the payload makes no block.
    public func begin(
        _ hook: String,
        payload: JSONObject,
        request: HarnessRequest = HarnessRequest(),
        timeout: Duration = .seconds(30)
    ) throws(HarnessError) -> HarnessCall {
        guard let entry = plugin.hooks.first(where: { $0.recorded.name == hook }) else {
            let names = plugin.hooks.map(\.recorded.name).joined(separator: ", ")
            throw HarnessError("the plugin has no hook \(hook); it has \(names.isEmpty ? "none" : names)")
        }
        let record: CallRecord
        do {
            let payload = try PayloadBlock(payload)
            record = try CallRecord(plugin, entry, payload: payload, request: request, timeout: timeout)
        } catch {
            throw HarnessError("the payload or the context makes no block: \(error)")
        }
        record.start()
        return HarnessCall(record: record)
    }
}

/// A call of a hook on its way.
public struct HarnessCall: Sendable {
    let record: CallRecord

    /// What the hook answers, once it has ended.
    public var result: HarnessResult {
        get async { await record.result }
    }

    /// Gives the call up, as the runtime does at its deadline: what the hook answers from now on is dropped.
    ///
    /// A call that has ended already is not changed.
    public func cancel() { record.cancel() }
}
