enum PluginRuntimePlaceholder {}
