import GatewayCore
import PluginPayloads
import PluginRuntime
import Synchronization

/// What the gateway says of itself, by its runtime and its reloads.
final class RuntimeStatus: GatewayStatus {
    private let runtime: PluginRuntime
    private let ledger: ReloadLedger
    private let isDraining = Atomic<Bool>(false)

    init(_ runtime: PluginRuntime, _ ledger: ReloadLedger) {
        self.runtime = runtime
        self.ledger = ledger
    }

    var plugins: [JSONObject] { runtime.plugins.map(\.object) }

    var readiness: Readiness {
        let missing = runtime.plugins.filter { $0.state == .failed || $0.healthProblem != nil }
        return Readiness(
            isReady: !isDraining.load(ordering: .relaxed) && !missing.contains { $0.isRequired && $0.state == .failed },
            generation: runtime.generationNumber,
            degraded: missing.map(\.name),
            lastReload: ledger.last
        )
    }

    var version: JSONObject { GatewayVersion.object }

    /// No more requests are welcome.
    func beginDraining() {
        isDraining.store(true, ordering: .relaxed)
    }
}
