import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads

/// One plugin to run, whether an entry of the configuration names it or a file was just dropped.
struct EntryPlan: Sendable {
    /// Where a message about the plugin points to.
    struct Origin: Sendable {
        /// The entry; `nil` for a file that no entry names.
        let entry: PluginConfig.PluginEntry?
        let file: String

        /// A problem at a key of the entry, or with the file.
        func problem(_ message: String, at located: Located<String>? = nil, key: String? = nil) -> ConfigProblem {
            guard let entry else {
                return ConfigProblem(severity: .error, file: file, position: nil, path: "", message: message)
            }
            let path = key.map { "\(entry.source.path).\($0)" } ?? entry.source.path
            let position = located?.position ?? entry.position
            return ConfigProblem(severity: .error, file: file, position: position, path: path, message: message)
        }

        /// A problem at a place of the plugin's configuration.
        func problem(_ problem: ConfigurationProblem) -> ConfigProblem {
            let severity: ConfigProblem.Severity = problem.isError ? .error : .warning
            guard let entry else {
                let text = problem.pointer.isEmpty ? problem.message : "\(problem.pointer): \(problem.message)"
                return ConfigProblem(severity: severity, file: file, position: nil, path: "", message: text)
            }
            return entry.source.problem(severity, atJSONPointer: problem.pointer, problem.message)
        }
    }

    /// The hooks that the plugin serves as far as that is known before it is loaded; empty if it is not.
    var expectedHooks: [String] {
        if !hooks.isEmpty { return hooks.map(\.value) }
        return switch subject {
        case .plugin: manifest?.hooks ?? []
        case .function(let binding, _, _): [binding.hook.value]
        }
    }

    /// What is loaded.
    enum Subject: Sendable {
        case plugin(path: String)
        case function(FunctionBinding, signature: FunctionSignature, library: String)
    }

    var name: String
    var origin: Origin
    var subject: Subject
    /// What the plugin's file says about itself, if it could be read.
    var manifest: PluginManifest?
    var configuration: JSONObject
    /// The hooks that the entry lists; empty means all.
    var hooks: [Located<String>]
    var mode: PluginMode
    var priority: Int
    var conditions: HookConditions
    var timeout: Duration
    var onError: ErrorPolicy?
    var isRequired: Bool
    var allowsInline: Bool
    var isolation: Isolation
    var process: ProcessSettings
    var isSerial: Bool
    /// What its worker processes may do.
    var sandbox: SandboxSettings
    /// When the plugin is switched off for a while; `nil` for never.
    var breaker: BreakerSettings?
}

extension PluginConfig.PluginEntry {
    /// The entry as the executor's terms have it.
    func plan(
        _ subject: EntryPlan.Subject,
        _ manifest: PluginManifest?,
        file: String,
        settings: RuntimeSettings
    ) -> EntryPlan {
        EntryPlan(
            name: name.value,
            origin: EntryPlan.Origin(entry: self, file: file),
            subject: subject,
            manifest: manifest,
            configuration: config,
            hooks: hooks,
            mode: mode,
            priority: priority,
            conditions: conditions,
            timeout: timeout ?? settings.pluginTimeout,
            onError: onError,
            isRequired: required,
            allowsInline: inline ?? true,
            isolation: isolation ?? settings.isolation,
            process: process,
            isSerial: serial ?? false,
            sandbox: sandbox.over(settings.sandbox),
            breaker: breaker.map { $0.settings(over: settings.breaker) } ?? settings.breaker
        )
    }
}
