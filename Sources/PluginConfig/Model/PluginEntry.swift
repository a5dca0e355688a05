package import PluginHooks
package import PluginPayloads
package import YAMLTree

/// One plugin of the configuration.
package struct PluginEntry: Sendable, Equatable {
    package let name: Located<String>
    /// The name or an alias of the plugin's manifest; not needed if there is a path.
    package let kind: Located<String>?
    /// The plugin's file; it outranks the kind.
    package let path: Located<String>?
    /// The bound function, if the kind is `ffi`.
    package let binding: FunctionBinding?
    package let description: String?
    package let author: String?
    package let version: String?
    package let namespace: String?
    /// The hooks to serve; empty means all that the plugin has.
    package let hooks: [Located<String>]
    package let tags: [String]
    package var mode: PluginMode
    package let priority: Int
    /// When the plugin runs.
    package let conditions: HookConditions
    /// What the plugin itself is given.
    package let config: JSONObject
    /// How long one call may take, if not as long as the settings say.
    package let timeout: Duration?
    package let onError: ErrorPolicy?
    /// Whether the hooks fail closed when the plugin cannot be loaded.
    package let required: Bool
    /// Overrides what the plugin declares about calls on the caller's thread.
    package let inline: Bool?
    /// Overrides what the plugin declares about concurrent calls.
    package let serial: Bool?
    /// Where it runs, if not where the settings say.
    package let isolation: Isolation?
    /// How it runs in processes of its own.
    package let process: ProcessSettings
    /// What its worker process may do, as far as the entry says.
    package let sandbox: SandboxSettings
    /// When it is switched off for a while, where that differs from the settings of all plugins.
    package let breaker: BreakerSection?
    /// Where all this stands.
    package let source: EntrySource

    package var position: SourcePosition { source.position }
    package var isDisabled: Bool { mode == .disabled }
}
