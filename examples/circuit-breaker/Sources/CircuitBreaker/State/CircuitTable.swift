/// The circuits of all tools that have answered lately.
///
/// A tool without a circuit is as good as one whose circuit is closed; asking about one makes none.
package struct CircuitTable: Sendable {
    private struct Entry: Sendable {
        var circuit: Circuit
        var lastUse: ContinuousClock.Instant
    }

    private let policy: CircuitPolicy
    private let capacity: Int
    private var entries: [String: Entry] = [:]

    /// Makes an empty table.
    ///
    /// - Parameters:
    ///   - policy: That of all circuits.
    ///   - capacity: How many tools are kept.
    package init(_ policy: CircuitPolicy, capacity: Int) {
        self.policy = policy
        self.capacity = capacity
    }

    /// How many tools are kept.
    package var count: Int { entries.count }

    /// Decides about a call of a tool.
    package mutating func admit(_ tool: String, now: ContinuousClock.Instant) -> Circuit.Admission {
        guard let place = entries.index(forKey: tool) else { return .allowed }
        entries.values[place].lastUse = now
        return entries.values[place].circuit.admit(now: now)
    }

    /// Takes note of a result of a tool.
    package mutating func record(
        _ tool: String,
        isFailure: Bool,
        probe: Int?,
        now: ContinuousClock.Instant
    ) -> Circuit.Change? {
        if entries[tool] == nil, entries.count >= capacity { forgetOne() }
        var entry = entries.removeValue(forKey: tool) ?? Entry(circuit: Circuit(policy, now: now), lastUse: now)
        defer { entries[tool] = entry }
        entry.lastUse = now
        return entry.circuit.record(isFailure: isFailure, probe: probe, now: now)
    }

    /// Forgets the tool that was not used for the longest time, a closed circuit first.
    private mutating func forgetOne() {
        let oldest = entries.min { left, right in
            (left.value.circuit.isClosed ? 0 : 1, left.value.lastUse)
                < (right.value.circuit.isClosed ? 0 : 1, right.value.lastUse)
        }
        if let oldest { entries[oldest.key] = nil }
    }
}
