package import GatewayCore
package import PluginPayloads

/// An administration of no plugins.
package struct FixedAdministration: PluginAdministration {
    package let plugins: [JSONObject] = []
    package let statistics: JSONObject = [:]

    package init() {}

    package func plugin(named name: String) -> JSONObject? { nil }

    package func setMode(_ mode: String?, of name: String) async throws(GatewayError) -> JSONObject {
        throw .notFound("plugin not found: \(name)")
    }
}
