import PluginPayloads

/// What the payloads of hooks look like: the standard ones, and those of the first plugin on every other hook.
struct PayloadAgreement {
    private var known: [HookName: (schema: JSONValue, owner: String)] = [:]

    init() {
        for hook in HookName.standard {
            if let schema = hook.payloadSchema { known[hook] = (schema, "the standard payload") }
        }
    }

    /// Takes over what a plugin says of payloads that nobody has described before, or says what does not fit.
    mutating func objection(to hooks: [(name: HookName, schema: JSONValue?)], of plugin: String) -> String? {
        for hook in hooks {
            guard let schema = hook.schema else { continue }
            guard let first = known[hook.name] else {
                known[hook.name] = (schema, "plugin \(plugin)")
                continue
            }
            guard let conflict = PayloadSchema.conflict(between: first.schema, and: schema) else { continue }
            return "the payload of hook \"\(hook.name)\" does not fit \(first.owner): \(conflict); "
                + "\(first.owner): \(first.schema), this plugin: \(schema)"
        }
        return nil
    }
}
