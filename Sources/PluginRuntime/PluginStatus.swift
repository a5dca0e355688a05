public import PluginPayloads

/// One plugin: what it is, how it is configured, and how it does.
public struct PluginStatus: Sendable, Hashable {
    /// Whether a plugin runs.
    public enum State: String, Sendable, Hashable {
        /// It runs.
        case active
        /// The configuration says that it does not.
        case disabled
        /// It could not be loaded.
        case failed
        /// It does not run because it crashed the process before.
        case quarantined
    }

    /// What has been counted since the instance was made.
    public struct Counters: Sendable, Hashable {
        /// Calls of all its hooks.
        public var calls = 0
        /// Requests that it blocked.
        public var blocks = 0
        /// Payloads that it changed.
        public var modifications = 0
        /// Calls that failed, without those that timed out.
        public var errors = 0
        /// Calls that were answered at their deadline.
        public var timeouts = 0
        /// Calls that ended after they had been answered.
        public var late = 0
        /// Inline calls that took longer than their timeout.
        public var overruns = 0
        /// Threads that are inside calls which were answered without them.
        public var lostThreads = 0
        /// Calls in the background that were dropped, because too many were waiting.
        public var dropped = 0
        /// The plugin's own counters.
        public var custom: [String: Int64] = [:]

        init() {}
    }

    /// What has been counted of one hook since the instance was made.
    public struct HookCounters: Sendable, Hashable {
        /// The hook.
        public var hook: String
        /// Its calls.
        public var calls: Int
        /// Requests that it blocked.
        public var blocks: Int
        /// Payloads that it changed.
        public var modifications: Int
        /// Calls that failed, without those that timed out.
        public var errors: Int
        /// Calls that were answered at their deadline.
        public var timeouts: Int
        /// How long calls took, in nanoseconds: the median, 95 and 99 percent; empty before the first one.
        public var latencyNanoseconds: [UInt64]

        /// The counters as programs read them.
        public var object: JSONObject {
            let latency: JSONValue? =
                latencyNanoseconds.count == 3
                ? [
                    "p50_ns": .int(Int64(clamping: latencyNanoseconds[0])),
                    "p95_ns": .int(Int64(clamping: latencyNanoseconds[1])),
                    "p99_ns": .int(Int64(clamping: latencyNanoseconds[2])),
                ] : nil
            return [
                "calls": .int(Int64(calls)), "blocks": .int(Int64(blocks)), "modified": .int(Int64(modifications)),
                "errors": .int(Int64(errors)), "timeouts": .int(Int64(timeouts)), "latency": latency ?? .null,
            ]
        }
    }

    /// Whether the plugin is called, or switched off for a while because it failed again and again.
    public struct Breaker: Sendable, Hashable {
        /// `off`, `closed`, `open` or `half_open`.
        public var state: String
        /// Failures in a row.
        public var failures: Int
        /// How often it has opened.
        public var opens: Int
        /// Calls that were not made because it was open.
        public var refused: Int
        /// How long it stays open; `nil` if it is not.
        public var retryInSeconds: Double?
        /// What the plugin has failed with last, of what the breaker has counted.
        public var lastError: String?

        /// The breaker as programs read it.
        public var object: JSONObject {
            [
                "state": .string(state), "failures": .int(Int64(failures)), "opens": .int(Int64(opens)),
                "refused": .int(Int64(refused)), "retry_in_seconds": retryInSeconds.map(JSONValue.double) ?? .null,
                "last_error": lastError.map(JSONValue.string) ?? .null,
            ]
        }
    }

    /// The name in the configuration.
    public var name: String
    /// What `kind` the entry names, or the manifest's name.
    public var kind: String?
    /// The version of the manifest.
    public var version: String?
    /// The description of the entry, or of the manifest.
    public var description: String?
    /// The author of the entry, or of the manifest.
    public var author: String?
    /// The hooks that it runs on.
    public var hooks: [String]
    /// The tags of the entry, or of the manifest.
    public var tags: [String]
    /// What its verdicts and errors do.
    public var mode: String
    /// Its place: smaller runs earlier.
    public var priority: Int
    /// Whether it runs.
    public var state: State
    /// Why it does not run, or what it did before.
    public var reason: String?
    /// Whether its guarded calls fail while it is missing.
    public var isRequired: Bool
    /// Where it runs.
    public var isolation: String
    /// The file that it was loaded from.
    public var file: String?
    /// The digest of the file's content, in hexadecimal.
    public var sha256: String?
    /// What the file was built with.
    public var toolchain: String?
    /// Why its image stays mapped when it is no longer used; `nil` if it does not.
    public var pinReason: String?
    /// Why it cannot work, as it said when it was last asked; `nil` if it can.
    public var healthProblem: String?
    /// Whether anything is known of it but its file: a file that nobody can read, and no entry names, has neither mode nor
    /// hooks.
    public var isIdentified = true
    /// Whether the mode was set at run time, and not by the configuration.
    public var isModeOverridden = false
    /// When it runs: alternatives, each with the keys of its condition; empty if it always does.
    public var conditions: [JSONObject] = []
    /// The keys of its configuration, whose values may be secrets.
    public var configurationKeys: [String] = []
    /// How its worker processes do, if it has its own: `processes` with their `pid`, `role` and `calls`, how many have died and
    /// why the last one did, and what of the sandbox is in force.
    public var workers: JSONObject?
    /// What has been counted.
    public var counters = Counters()
    /// Its breaker; `nil` if it does not run.
    public var breaker: Breaker?
    /// How many threads of it may be lost before it is not called any more; `nil` if it does not run.
    public var maxLostThreads: Int?
    /// The same of each hook.
    public var hookCounters: [HookCounters] = []

    /// The status as programs read it.
    public var object: JSONObject {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        func known(_ value: JSONValue) -> JSONValue { isIdentified ? value : .null }
        return [
            "name": .string(name), "kind": text(kind), "version": text(version), "author": text(author),
            "description": text(description), "hooks": known(.array(hooks.map(JSONValue.string))),
            "tags": known(.array(tags.map(JSONValue.string))), "mode": known(.string(mode)),
            "priority": known(.int(Int64(priority))),
            "status": .string(state.rawValue), "reason": text(reason), "isolation": known(.string(isolation)),
            "file": text(file), "sha256": text(sha256),
        ]
    }
}
