public import PluginPayloads
public import PluginSDK

/// Checks the duties that every plugin has, whatever it does.
///
/// ```swift
/// @Test func conforms() async {
///     let suite = ConformanceSuite(
///         EmailGuard.self,
///         configuration: ["domain": "example.com"],
///         samples: ["email_pre_send": ["recipient": "ada", "subject": "Hi", "body": "Hello"]]
///     )
///     #expect(await suite.run() == [])
/// }
/// ```
///
/// - The entry may run several times in one process, and each instance is on its own: one works after another is gone.
/// - Every instance says the same name, version and hooks, and at least one hook.
/// - `start`, `health` and `stop` end once each, and well.
/// - A configuration key that the plugin does not know is reported.
/// - A payload without fields is answered, be it by a failure, and does not end the process.
/// - The samples are answered without failure; a hundred at the same time as one alone (unless the plugin is serial).
/// - A call that is cancelled ends soon.
/// - Nothing is done that the ABI forbids.
///
/// A crash ends the process that runs the suite, which is a finding as well.
public struct ConformanceSuite: Sendable {
    let entry: PluginEntry
    let configuration: JSONObject
    let samples: [String: JSONObject]
    let patience: Duration

    /// Makes the suite for a Swift plugin.
    ///
    /// - Parameters:
    ///   - plugin: The plugin.
    ///   - configuration: A configuration that it accepts.
    ///   - samples: A payload for each of its hooks that it answers without failure, the same in every new request.
    ///   - patience: How long a function, or a cancelled call, may take to end.
    public init<P: Plugin>(
        _ plugin: P.Type,
        configuration: JSONObject = [:],
        samples: [String: JSONObject] = [:],
        patience: Duration = .seconds(5)
    ) {
        self.entry = PluginEntry(of: plugin)
        self.configuration = configuration
        self.samples = samples
        self.patience = patience
    }

    /// Makes the suite for any plugin, of which the entry is known.
    ///
    /// - Parameters:
    ///   - entry: The plugin's `hg_plugin_entry_v1`.
    ///   - configuration: A configuration that it accepts.
    ///   - samples: A payload for each of its hooks that it answers without failure, the same in every new request.
    ///   - patience: How long a function, or a cancelled call, may take to end.
    @unsafe
    public init(
        entry: @escaping PluginEntryFunction,
        configuration: JSONObject = [:],
        samples: [String: JSONObject] = [:],
        patience: Duration = .seconds(5)
    ) {
        self.entry = unsafe PluginEntry(entry)
        self.configuration = configuration
        self.samples = samples
        self.patience = patience
    }

    /// Runs all checks.
    ///
    /// - Returns: What the plugin does wrong; nothing if it does all right.
    public func run() async -> [ConformanceFinding] {
        var findings: [ConformanceFinding] = []
        do {
            findings += try await checkInstances()
            findings += try checkUnknownKey()
            findings += try await checkConcurrency()
        } catch {
            findings.append(ConformanceFinding(.instances, error.description))
        }
        return findings
    }

    func make(_ configuration: JSONObject? = nil) throws(HarnessError) -> PluginHarness {
        try PluginHarness(entry, configuration ?? self.configuration)
    }
}
