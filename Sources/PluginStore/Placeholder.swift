enum PluginStorePlaceholder {}
