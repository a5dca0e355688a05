import CHookgate
package import PluginPayloads

/// What runs here.
package enum GatewayVersion {
    package static let gateway = "0.1.0"

    /// The plugin interface that is spoken.
    package static let interface = "\(HG_ABI_MAJOR).\(HG_ABI_MINOR)"

    package static var object: JSONObject {
        ["name": "hookgate", "version": .string(gateway), "abi": .string(interface)]
    }
}
