import PluginPayloads
import PluginRuntime
import TestSupport

/// A place to run plugins in: directories, a configuration file and a log, gone with the test.
struct Site: Sendable {
    let directory: TemporaryDirectory
    let log = RecordedLog()
    var options: RuntimeOptions

    init() throws {
        directory = try TemporaryDirectory()
        options = RuntimeOptions(
            installation: try BuiltProducts.directory(),
            storeDirectory: directory("store")
        )
        options.libraryDirectory = nil
        options.bundledPluginDirectory = nil
        options.logger = log.logger
        options.environment["PLUGINS_ISOLATION"] = TestedIsolation.current.rawValue
    }

    /// The configuration file.
    var file: String { directory("config.yaml") }

    /// Writes the configuration file.
    ///
    /// `$SITE` in it stands for the site's directory, and `$ISOLATION` for where the test's plugins run.
    func configure(_ text: String) throws {
        let text = text.replacing("$ISOLATION", with: TestedIsolation.current.rawValue)
        try directory.write(text.replacing("$SITE", with: directory.path), to: "config.yaml")
    }

    /// Starts a runtime, lets it work, and shuts it down.
    func run<Value>(_ configuration: String, _ body: (PluginRuntime) async throws -> Value) async throws -> Value {
        try configure(configuration)
        let runtime = try await PluginRuntime(configuration: file, options: options)
        do {
            let value = try await body(runtime)
            await runtime.shutdown()
            return value
        } catch {
            await runtime.shutdown()
            throw error
        }
    }

    /// What keeps a runtime from starting, one line for each problem, as `$SITE/config.yaml:1:1: error: …`.
    func refusal(of configuration: String) async throws -> [String] {
        do {
            try await run(configuration) { _ in }
            return []
        } catch let error as RuntimeError {
            return error.problems.map { shortened($0.description) }
        }
    }

    /// What a check finds, in the same form.
    func check(_ configuration: String) async throws -> [String] {
        try configure(configuration)
        return await PluginRuntime.check(configuration: file, options: options).map { shortened($0.description) }
    }

    /// A text with `$SITE` for the site's directory.
    func shortened(_ text: String) -> String { text.replacing(directory.path, with: "$SITE") }
}

extension PluginRuntime {
    /// Invokes one hook as a request of its own.
    func invoke(_ hook: HookName = .toolPreInvoke, _ payload: JSONValue = Sample.call) async throws -> HookOutcome {
        try await request(RequestIdentity(requestID: "1")).invoke(hook, PayloadBlock(payload))
    }

    /// Reloads, and shows what keeps it from that, if anything does.
    func reloadRefusal() async -> [String] {
        do {
            try await reload()
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    /// Name, state and reason of all plugins.
    var states: [String] {
        plugins.map { plugin in
            "\(plugin.name): \(plugin.state.rawValue)" + (plugin.reason.map { ": \($0)" } ?? "")
        }
    }
}

/// Payloads of the tests.
enum Sample {
    static let call: JSONValue = ["name": "search", "args": ["q": "swift"]]
}

extension HookOutcome {
    /// All that differs from an outcome in which nothing happened.
    var text: String {
        var object: JSONObject = [:]
        if !continueProcessing { object["continue_processing"] = false }
        if let modifiedPayload { object["modified_payload"] = modifiedPayload.value }
        if let violation { object["violation"] = .object(violation.object) }
        if let error { object["error"] = .string(error.description) }
        if !metadata.isEmpty { object["metadata"] = .object(metadata) }
        if retryDelayMilliseconds != 0 { object["retry_delay_ms"] = .int(Int64(retryDelayMilliseconds)) }
        if !httpHeaders.isEmpty { object["http_headers"] = .object(httpHeaders) }
        return JSONValue.object(object).description
    }
}
