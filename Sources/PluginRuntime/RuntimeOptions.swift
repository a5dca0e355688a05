public import Logging
import PluginConfig

/// What a runtime needs to know besides its configuration.
public struct RuntimeOptions: Sendable {
    /// Directories that are searched for plugins before those of the configuration.
    public var pluginDirectories: [String] = []
    /// The folder of private copies of plugins; made when it is missing, with access for its owner alone.
    public var storeDirectory: String
    /// The executable that probes plugins before they are loaded.
    public var workerPath: String
    /// The folder of libraries that come with the installation; `nil` if there is none.
    public var libraryDirectory: String?
    /// The folder of plugins that come with the installation; `nil` if there is none.
    public var bundledPluginDirectory: String?
    /// Variables, which the configuration's templates name, and which override its settings; by default those of
    /// this process.
    public var environment: [String: String]
    /// Flags that override settings, by their names, such as `--port`.
    package var flags: [String: String] = [:]
    /// Whether plugins run; otherwise none is loaded, and all count as disabled.
    public var isEnabled = true
    /// Modes of plugins by their names, over those of the configuration; ``PluginRuntime/setMode(_:of:)`` changes them.
    public var modes: [String: String] = [:]
    /// The file in which the runtime notes what its plugins are doing; `nil` for none.
    ///
    /// By it the next start names the plugin that ended the process. A process can have one runtime with such a journal,
    /// which also installs a handler of fatal signals.
    public var crashJournal: String?
    /// The file that says which plugins are quarantined for crashes; `nil` if none can be.
    public var quarantineFile: String?
    /// Where log lines of the runtime and its plugins go.
    public var logger = Logger(label: "hookgate")
    /// Threads that run hooks; `nil` means one for each processor, but at least two.
    public var threadCount: Int?

    /// Makes options for an installation: a folder with `hookgate-worker`, and `lib` and `plugins` beside it.
    ///
    /// - Parameters:
    ///   - installation: The folder; by default that of this program's executable.
    ///   - storeDirectory: The folder of private copies; by default `hookgate/store` in the user's state directory.
    public init(installation: String? = nil, storeDirectory: String? = nil) {
        let folder = installation ?? Installation.executableDirectory
        workerPath = folder + "/hookgate-worker"
        libraryDirectory = Installation.directory(folder + "/lib")
        bundledPluginDirectory = Installation.directory(folder + "/plugins")
        environment = ProcessEnvironment.variables
        self.storeDirectory = storeDirectory ?? Installation.stateDirectory + "/store"
    }
}

extension RuntimeOptions {
    /// What speaks besides the configuration file.
    var sources: ConfigurationSources { ConfigurationSources(environment: environment, flags: flags) }
}
