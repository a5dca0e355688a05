import PluginLoader
import PluginPayloads
import PluginSchema

extension StagedFile {
    /// The configuration of an instance, which fits the schema of the manifest, if there is one.
    ///
    /// No code of the plugin has run before that is known.
    func checkedConfiguration(of plan: EntryPlan) throws(LoadFailure) -> JSONObject {
        let configuration = configuration(of: plan)
        guard case .plugin = plan.subject, let definition = manifest?.configSchema, !definition.isNull else {
            return configuration
        }
        let schema: JSONSchema
        do throws(SchemaError) { schema = try JSONSchema(definition) } catch {
            throw LoadFailure(plan.problem("its manifest has a config_schema that cannot be used: \(error)"))
        }
        let problems = schema.validate(.object(configuration))
        guard problems.isEmpty else {
            throw LoadFailure(
                problems: problems.map { problem in
                    plan.origin.problem(
                        ConfigurationProblem(isError: true, pointer: problem.pointer, message: problem.message)
                    )
                }
            )
        }
        return configuration
    }

    /// The configuration of an instance: the manifest's defaults, and the entry's values over them.
    private func configuration(of plan: EntryPlan) -> JSONObject {
        guard case .plugin = plan.subject else { return plan.configuration }
        var configuration = manifest?.defaultConfig ?? [:]
        for (key, value) in plan.configuration { configuration[key] = value }
        return configuration
    }
}
