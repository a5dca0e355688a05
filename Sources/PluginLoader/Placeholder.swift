enum PluginLoaderPlaceholder {}
