package import GatewayCore
package import PluginPayloads

/// A status that a test has made up.
package struct FixedStatus: GatewayStatus {
    package var plugins: [JSONObject] = []
    package var readiness = Readiness(isReady: true, generation: 1, degraded: [], lastReload: nil)
    package var version: JSONObject = ["name": "hookgate", "version": "0.0.0", "abi": "0.0"]

    package init() {}
}
