enum PluginConfigPlaceholder {}
