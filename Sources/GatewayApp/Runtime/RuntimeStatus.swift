package import GatewayCore
package import PluginPayloads
package import PluginRuntime
import Synchronization

/// What the gateway says of itself, by its runtime and its reloads.
package final class RuntimeStatus: GatewayStatus {
    private let runtime: PluginRuntime
    private let ledger: ReloadLedger
    private let isDraining = Atomic<Bool>(false)

    package init(_ runtime: PluginRuntime, _ ledger: ReloadLedger) {
        self.runtime = runtime
        self.ledger = ledger
    }

    package var plugins: [JSONObject] { runtime.plugins.map(\.object) }

    package var readiness: Readiness {
        let missing = runtime.plugins.filter { $0.isMissing || $0.healthProblem != nil }
        // What a rejected reload could not load stops no request.
        let stops = runtime.generationPlugins.contains { $0.isRequired && $0.isMissing }
        return Readiness(
            isReady: !isDraining.load(ordering: .relaxed) && !stops,
            generation: runtime.generationNumber,
            degraded: missing.map(\.name),
            lastReload: ledger.last
        )
    }

    package var version: JSONObject { GatewayVersion.object }

    /// No more requests are welcome.
    func beginDraining() {
        isDraining.store(true, ordering: .relaxed)
    }
}

extension PluginStatus {
    /// Whether it does not run although it should.
    fileprivate var isMissing: Bool { state == .failed || state == .quarantined }
}
