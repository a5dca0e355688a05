/// A whole configuration file.
package struct RuntimeConfiguration: Sendable, Equatable {
    /// The name of the file, as it was given.
    package let file: String
    /// The plugins in the order of the file, disabled ones included; their names are unique.
    package var plugins: [PluginEntry]
    /// Directories to search for a plugin's kind.
    package let pluginDirectories: [Located<String>]
    /// Directories that are searched before ``pluginDirectories`` and whose unlisted plugins may be loaded too.
    package let dropDirectories: [Located<String>]
    package let settings: RuntimeSettings
    package let trust: TrustSettings
    /// What a gateway that runs the plugins is to do; a runtime without one ignores it.
    package let server: ServerSettings
    package let prompts: PromptSettings
    package let auth: AuthSettings
    package let upstreams: UpstreamSettings
}
