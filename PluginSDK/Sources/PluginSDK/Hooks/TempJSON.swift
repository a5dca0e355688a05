package import PluginPayloads
extension JSONValue { package var json: String { "{}" } }
