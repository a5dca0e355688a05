/// What an error of a plugin becomes.
package enum ErrorPolicy: String, Sendable, Equatable, CaseIterable {
    /// The request stops with the error.
    case fail
    /// The error is logged and the chain goes on.
    case ignore
    /// As `ignore`, and the plugin is not called again in this process.
    case disable

    /// The policy in force: an explicit one, else `fail_on_plugin_error`, else what the mode says.
    package init(explicit: ErrorPolicy?, failOnPluginError: Bool, mode: PluginMode) {
        if let explicit {
            self = explicit
        } else {
            self = failOnPluginError || mode == .enforce || mode == .concurrent ? .fail : .ignore
        }
    }
}
