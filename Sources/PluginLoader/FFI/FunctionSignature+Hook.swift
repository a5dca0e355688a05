package import PluginPayloads

extension FunctionSignature {
    /// Says which path leads nowhere in the payload of a standard hook; `nil` if all may lead somewhere.
    package func lostPath(in hook: HookName) -> String? {
        guard let fields = hook.payloadShape?.fields.map(\.name) else { return nil }
        guard let path = paths.first(where: { !fields.contains($0.keys[0]) }) else { return nil }
        return "the payload of \(hook) has no field \"\(path.keys[0])\" for \"\(path)\"; "
            + "it has \(fields.joined(separator: ", "))"
    }

    private var paths: [FieldPath] {
        var paths = parameters.compactMap { parameter in
            if case .field(_, let path, _) = parameter { path } else { nil }
        }
        if case .replace(let path) = outcome { paths.append(path) }
        return paths
    }
}
