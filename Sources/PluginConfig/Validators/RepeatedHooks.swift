import YAMLTree

/// Rule: a hook is listed once; a repetition changes nothing, and is a warning.
enum RepeatedHooks {
    static func removed(from hooks: [Located<String>], _ field: Field) -> [Located<String>] {
        var first: [String: SourcePosition] = [:]
        return hooks.filter { hook in
            guard let position = first[hook.value] else {
                first[hook.value] = hook.position
                return true
            }
            field.log.warning(
                "\(hook.value.quoted) is already listed at \(position)",
                at: hook.position,
                path: field.path
            )
            return false
        }
    }
}
