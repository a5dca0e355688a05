package import PluginPayloads
import PluginSandbox

/// How the workers of one plugin do.
package struct WorkerPoolStatus: Sendable, Equatable {
    /// One process.
    package struct Process: Sendable, Equatable {
        package let identifier: Int32
        /// `active`, `standby`, `starting` or `leaving`.
        package let role: String
        /// Calls that it has.
        package let calls: Int
    }

    package var processes: [Process] = []
    /// Calls that wait for a worker.
    package var waiting = 0
    /// Workers that have ended without being told to, those among them that the gateway killed because of a deadline, and
    /// workers that were started in their place.
    package var deaths = 0
    package var kills = 0
    package var restarts = 0
    /// How the last of them ended.
    package var lastDeath: String?
    /// System calls that the sandbox has refused, and the last one.
    package var violations: UInt64 = 0
    package var lastViolation: String?
    /// What of the sandbox is in force, as the worker said.
    package var sandbox: JSONObject = [:]

    /// Adds what one process was refused.
    mutating func add(_ refused: SandboxViolations) {
        violations &+= refused.count
        lastViolation = refused.last ?? lastViolation
    }

    /// The status as programs read it.
    package var object: JSONObject {
        [
            "processes": .array(
                processes.map {
                    ["pid": .int(Int64($0.identifier)), "role": .string($0.role), "calls": .int(Int64($0.calls))]
                }
            ),
            "waiting": .int(Int64(waiting)), "deaths": .int(Int64(deaths)), "kills": .int(Int64(kills)),
            "restarts": .int(Int64(restarts)), "last_death": lastDeath.map(JSONValue.string) ?? .null,
            "violations": .int(Int64(clamping: violations)),
            "last_violation": lastViolation.map(JSONValue.string) ?? .null, "sandbox": .object(sandbox),
        ]
    }
}
