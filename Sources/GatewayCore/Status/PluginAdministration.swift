package import PluginPayloads

/// What an administrator sees of the plugins, and may change while they run.
package protocol PluginAdministration: Sendable {
    /// All plugins, in the order in which they run, with what was counted of them.
    var plugins: [JSONObject] { get }

    /// What was counted of all plugins and hooks.
    var statistics: JSONObject { get }

    /// Everything about one plugin but the values of its configuration; `nil` if there is none of that name.
    func plugin(named name: String) -> JSONObject?

    /// Sets a plugin's mode, over that of the configuration, until it is taken back.
    ///
    /// - Parameters:
    ///   - mode: The word of a mode; `nil` for what the configuration says.
    ///   - name: The plugin.
    /// - Returns: What the administrator is told.
    /// - Throws: Why nothing has changed.
    func setMode(_ mode: String?, of name: String) async throws(GatewayError) -> JSONObject
}
