package import PluginPayloads

/// Whether requests are welcome.
package struct Readiness: Sendable, Equatable {
    package var isReady: Bool
    /// The number of the generation of plugins that new requests get.
    package var generation: Int
    /// Plugins that should run and do not.
    package var degraded: [String]
    /// `nil` before the first reload.
    package var lastReload: ReloadReport?

    package init(isReady: Bool, generation: Int, degraded: [String], lastReload: ReloadReport?) {
        self.isReady = isReady
        self.generation = generation
        self.degraded = degraded
        self.lastReload = lastReload
    }

    package var object: JSONObject {
        [
            "ready": .bool(isReady), "generation": .int(Int64(generation)),
            "degraded": .array(degraded.map(JSONValue.string)),
            "last_reload": lastReload.map { .object($0.object) } ?? .null,
        ]
    }
}
