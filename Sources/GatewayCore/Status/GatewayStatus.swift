package import PluginPayloads

/// What the gateway says of itself.
package protocol GatewayStatus: Sendable {
    /// All plugins, in the order in which they run.
    var plugins: [JSONObject] { get }

    /// Whether requests are welcome, and what the last reload did.
    var readiness: Readiness { get }

    /// What runs here.
    var version: JSONObject { get }
}
