package import PluginHooks
package import PluginPayloads

/// What the hooks of a request remember, as it travels: an object for each scope that has keys.
package enum StateFrame {
    /// Packs all that a plugin may see; `nil` if there is nothing.
    package static func block(of request: RequestState, plugin: Int) throws(BlockError) -> PayloadBlock? {
        guard !request.isEmpty(plugin: plugin) else { return nil }
        var writer = BlockWriter()
        writer.beginObject()
        for (index, scope) in RequestState.Scope.allCases.enumerated() {
            let values = request.all(scope: scope, plugin: plugin)
            guard !values.isEmpty else { continue }
            writer.key("\(index)")
            writer.beginObject()
            for (key, value) in values {
                writer.key(key)
                writer.add(value.root)
            }
            writer.end()
        }
        writer.end()
        return try writer.finish()
    }

    /// Puts what was packed in the place of all that a request remembers.
    package static func unpack(_ block: PayloadBlock?, into request: RequestState, plugin: Int) {
        for (index, scope) in RequestState.Scope.allCases.enumerated() {
            let values = block?.root["\(index)"]?.entries.reduce(into: [String: PayloadBlock]()) { values, entry in
                values[entry.key] = entry.value.block
            }
            request.replace(values ?? [:], scope: scope, plugin: plugin)
        }
    }
}
