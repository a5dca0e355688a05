import PluginSDK

/// What counts as a failure, how many open a circuit, and how it closes.
public struct CircuitBreakerConfiguration: Decodable, Sendable {
    let policy: CircuitPolicy
    let failures: FailureRule
    /// How many tools are watched.
    let maxTools: Int

    private enum CodingKeys: String, CodingKey {
        case failureThreshold = "failure_threshold"
        case failureRate = "failure_rate"
        case minimumCalls = "minimum_calls"
        case windowSeconds = "window_seconds"
        case openSeconds = "open_seconds"
        case halfOpenMaxCalls = "half_open_max_calls"
        case probeTimeoutSeconds = "probe_timeout_seconds"
        case failureStatuses = "failure_statuses"
        case statusKeys = "status_keys"
        case maxTools = "max_tools"
    }

    /// Reads the configuration; every key may be absent, and `failure_threshold` null.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var policy = CircuitPolicy()
        if values.contains(.failureThreshold) {
            policy.failureThreshold = try Self.number(values, .failureThreshold, in: 1...1_000_000)
        }
        policy.failureRate = try Self.number(values, .failureRate, in: 0.01...1)
        policy.minimumCalls = try Self.number(values, .minimumCalls, in: 1...1_000_000) ?? policy.minimumCalls
        policy.window = try Self.seconds(values, .windowSeconds) ?? policy.window
        policy.openTime = try Self.seconds(values, .openSeconds) ?? policy.openTime
        policy.halfOpenMaxCalls = try Self.number(values, .halfOpenMaxCalls, in: 1...1000) ?? policy.halfOpenMaxCalls
        policy.probeTimeout = try Self.seconds(values, .probeTimeoutSeconds) ?? policy.probeTimeout
        guard policy.failureThreshold != nil || policy.failureRate != nil else {
            throw ConfigurationProblem(
                at: "/failure_threshold",
                "nothing opens a circuit: give a number, or a failure_rate"
            )
        }
        self.policy = policy
        failures = FailureRule(
            statuses: Set(try values.decodeIfPresent([Int].self, forKey: .failureStatuses) ?? [500, 502, 503, 504]),
            statusKeys: try values.decodeIfPresent([String].self, forKey: .statusKeys) ?? ["status_code", "status"]
        )
        maxTools = try Self.number(values, .maxTools, in: 1...100_000) ?? 1000
    }

    private static func seconds(
        _ values: KeyedDecodingContainer<CodingKeys>,
        _ key: CodingKeys
    ) throws -> Duration? {
        let number: Double? = try number(values, key, in: 0.001...86_400)
        return number.map { .seconds($0) }
    }

    private static func number<Number: Decodable & Comparable & Sendable>(
        _ values: KeyedDecodingContainer<CodingKeys>,
        _ key: CodingKeys,
        in range: ClosedRange<Number>
    ) throws -> Number? {
        guard let number = try values.decodeIfPresent(Number.self, forKey: key) else { return nil }
        guard range.contains(number) else {
            throw ConfigurationProblem(
                at: "/\(key.rawValue)",
                "\(number) is not between \(range.lowerBound) and \(range.upperBound)"
            )
        }
        return number
    }
}
