import PluginLoader
import PluginPayloads
import PluginRuntime
import PluginSchema

extension FuzzTarget {
    private static let schemaLimits = JSONSchema.Limits(schemas: 200, depth: 40, steps: 20_000, problems: 10)

    /// What a file says of itself: a manifest with a name, and a schema that can judge the default configuration.
    package static let manifest = FuzzTarget("manifest") { input in
        let manifest: PluginManifest
        do throws(LoadError) { manifest = try PluginManifest(section: input) } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
            return .refused
        }
        try demand(!manifest.name.isEmpty, "a manifest has a name")
        try demand(manifest.kinds.first == manifest.name, "a plugin is found by its name")
        guard let schema = manifest.configSchema else { return .accepted }
        guard let rules = try? JSONSchema(schema, limits: schemaLimits) else { return .accepted }
        let problems = rules.validate(.object(manifest.defaultConfig))
        try demand(problems.count <= schemaLimits.problems + 1, "\(problems.count) problems are told")
        return .accepted
    }
}
