import PluginSDK
import PluginTestKit

/// A plugin that a test makes of a few handlers.
protocol HandlerPlugin: Plugin where Configuration == NoConfiguration {
    init()
}

extension HandlerPlugin {
    static var name: String { "handlers" }
    static var version: String { "1.0.0" }

    init(configuration: NoConfiguration, host: PluginHost) { self.init() }
}

extension JSONObject {
    /// The payload of a tool call.
    static func toolCall(_ args: JSONObject = [:]) -> JSONObject {
        ["name": "echo", "args": .object(args), "headers": nil]
    }
}
