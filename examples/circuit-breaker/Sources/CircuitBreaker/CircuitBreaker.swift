public import PluginSDK
import Synchronization

/// Refuses calls of a tool that fails too often, until it works again.
public struct CircuitBreaker: Plugin {
    /// What counts as a failure, how many open a circuit, and how it closes.
    public typealias Configuration = CircuitBreakerConfiguration

    /// The name in the manifest.
    public static let name = "circuit_breaker"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let failures: FailureRule
    private let circuits: Circuits
    private let host: PluginHost

    /// What all calls share.
    private final class Circuits: Sendable {
        let table: Mutex<CircuitTable>

        init(_ table: CircuitTable) {
            self.table = Mutex(table)
        }
    }

    /// Makes a table without circuits.
    public init(configuration: Configuration, host: PluginHost) {
        failures = configuration.failures
        circuits = Circuits(CircuitTable(configuration.policy, capacity: configuration.maxTools))
        self.host = host
    }

    /// Registers the two hooks around a tool.
    public func register(on hooks: HookRegistrar) {
        hooks.on(.toolPreInvoke, options: .neverModifies, admit)
        hooks.on(.toolPostInvoke, options: [.neverModifies, .neverDenies], record)
    }

    private func admit(_ payload: ToolPreInvokePayload, _ context: HookContext) -> ToolPreInvokeResult {
        let tool = payload.name
        switch circuits.table.withLock({ $0.admit(tool, now: .now) }) {
        case .allowed: return .proceed
        case .probe(let number):
            context.state[Self.key(of: tool)] = .int(Int64(number))
            return ToolPreInvokeResult(metadata: Self.metadata(tool, "half_open"))
        case .refused(let wait):
            host.count("calls_refused")
            return .deny(Self.violation(tool, wait))
        }
    }

    private func record(_ payload: ToolPostInvokePayload, _ context: HookContext) -> ToolPostInvokeResult {
        let tool = payload.name
        let isFailure = failures.isFailure(payload.value(of: "result"))
        let probe = context.state[Self.key(of: tool)]?.int
        if probe != nil { context.state[Self.key(of: tool)] = nil }
        switch circuits.table.withLock({ $0.record(tool, isFailure: isFailure, probe: probe, now: .now) }) {
        case nil: return .proceed
        case .opened(let counts):
            let why = counts.map { "\($0.failures) of the last \($0.calls) calls failed" } ?? "it fails still"
            host.log.warning("the circuit of the tool \"\(tool)\" is open: \(why)")
            host.count("circuits_opened")
            return ToolPostInvokeResult(metadata: Self.metadata(tool, "open"))
        case .closed:
            host.log.info("the circuit of the tool \"\(tool)\" is closed: it works again")
            return ToolPostInvokeResult(metadata: Self.metadata(tool, "closed"))
        }
    }

    /// Where the number of a probe is kept from the hook before the call to the one after it.
    private static func key(of tool: String) -> String { "probe of \(tool)" }

    private static func metadata(_ tool: String, _ state: JSONValue) -> JSONObject {
        ["circuit_breaker": ["tool": .string(tool), "state": state]]
    }

    private static func violation(_ tool: String, _ wait: Duration) -> PluginViolation {
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        return PluginViolation(
            reason: "Circuit open",
            description: "The tool '\(tool)' fails too often; try again in \(seconds) s",
            code: "CIRCUIT_OPEN",
            details: ["tool": .string(tool), "retry_after_seconds": .int(Int64(seconds))],
            httpStatusCode: 503,
            httpHeaders: ["Retry-After": "\(seconds)"]
        )
    }
}
