enum PluginHooksPlaceholder {}
