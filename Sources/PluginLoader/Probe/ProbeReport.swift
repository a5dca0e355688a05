package import PluginPayloads

/// What a probe found.
///
/// It comes from a process that ran foreign code, so it is read as strictly as a payload.
package struct ProbeReport: Sendable, Equatable {
    /// A hook that the entry registered.
    package struct Hook: Sendable, Equatable {
        package var name: String
        package var schema: JSONValue?

        package init(name: String, schema: JSONValue?) {
            (self.name, self.schema) = (name, schema)
        }
    }

    package var name = ""
    package var version = ""
    package var hooks: [Hook] = []
    package var problems: [ConfigurationProblem] = []
    /// What the sandbox lacked in which the file was tried; `nil` if it was complete.
    package var sandboxWarning: String?
    /// Why the library or the plugin is refused.
    package var refusal: String?

    package init() {}

    var object: JSONObject {
        [
            "name": .string(name), "version": .string(version),
            "hooks": .array(hooks.map { ["name": .string($0.name), "schema": $0.schema ?? .null] }),
            "problems": .array(problems.map { .object($0.object) }),
            "sandbox_warning": sandboxWarning.map(JSONValue.string) ?? .null,
            "refusal": refusal.map(JSONValue.string) ?? .null,
        ]
    }

    init?(_ value: JSONValue) {
        guard let name = value["name"]?.string, let version = value["version"]?.string,
            let hooks = value["hooks"]?.array, let problems = value["problems"]?.array
        else { return nil }
        self.name = name
        self.version = version
        for hook in hooks {
            guard let name = hook["name"]?.string else { return nil }
            self.hooks.append(Hook(name: name, schema: hook["schema"].flatMap { $0.isNull ? nil : $0 }))
        }
        for value in problems {
            guard let problem = ConfigurationProblem(value) else { return nil }
            self.problems.append(problem)
        }
        sandboxWarning = value["sandbox_warning"]?.string
        refusal = value["refusal"]?.string
    }
}
