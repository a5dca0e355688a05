import PluginPayloads

extension HookRegistrar {
    /// The hooks, none of which is registered twice or under another hook's name.
    func checked() throws(ConfigurationProblem) -> [RegisteredHook] {
        var names: Set<String> = []
        for hook in hooks {
            guard names.insert(hook.name).inserted else {
                throw ConfigurationProblem("the plugin registers the hook \(hook.name) twice; one handler has to do")
            }
            guard !hook.isCustom || HookName(hook.name).standardIndex == nil else {
                throw ConfigurationProblem(
                    "the plugin registers the standard hook \(hook.name) with a payload of its own; "
                        + "register it by its point, such as hooks.on(.toolPreInvoke, handler)"
                )
            }
        }
        return hooks
    }
}
