package import PluginPayloads

/// Something that a plugin found wrong with its configuration.
package struct ConfigurationProblem: Sendable, Hashable {
    package let isError: Bool
    /// A JSON pointer into the plugin's configuration; empty for all of it.
    package let pointer: String
    package let message: String

    package init(isError: Bool, pointer: String, message: String) {
        self.isError = isError
        self.pointer = pointer
        self.message = message
    }
}

extension ConfigurationProblem {
    /// The problem as it travels from a process that tries or runs the plugin.
    package var object: JSONObject {
        ["is_error": .bool(isError), "pointer": .string(pointer), "message": .string(message)]
    }

    /// Reads what ``object`` has written, or anybody else; `nil` if it is no problem.
    package init?(_ value: JSONValue) {
        guard let isError = value["is_error"]?.bool, let pointer = value["pointer"]?.string,
            let message = value["message"]?.string
        else { return nil }
        self.init(isError: isError, pointer: pointer, message: message)
    }
}
