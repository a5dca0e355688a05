import Glibc
package import PluginPayloads
package import PluginSandbox

/// What a probe is asked to try: to map a library, and to run a plugin's entry, in a process that may die of it.
package struct ProbeRequest: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        /// A plugin, whose entry is run with this configuration.
        case plugin(configuration: JSONObject)
        /// A library, in which a symbol is looked up.
        case library(symbol: String)
    }

    /// The file, which nobody changes any more.
    package var path: String
    /// Bundled libraries to open before it, dependencies first.
    package var bundledLibraries: [String]
    package var subject: Subject
    /// What the process may do that tries it.
    package var sandbox: SandboxPolicy
    /// Libraries that it may read besides, where the file's own search path leads to them.
    package var readable: [String]
    /// The process that asks.
    var parent = getpid()

    package init(
        path: String,
        bundledLibraries: [String],
        subject: Subject,
        sandbox: SandboxPolicy = .probe,
        readable: [String] = []
    ) {
        self.path = path
        self.bundledLibraries = bundledLibraries
        self.subject = subject
        self.sandbox = sandbox
        self.readable = readable
    }

    var object: JSONObject {
        var object: JSONObject = [
            "path": .string(path), "bundled_libraries": .array(bundledLibraries.map(JSONValue.string)),
            "sandbox": .object(sandbox.object), "readable": .array(readable.map(JSONValue.string)),
            "parent": .int(Int64(parent)),
        ]
        switch subject {
        case .plugin(let configuration): object["configuration"] = .object(configuration)
        case .library(let symbol): object["symbol"] = .string(symbol)
        }
        return object
    }

    init?(_ value: JSONValue) {
        guard let path = value["path"]?.string, let libraries = value["bundled_libraries"]?.array,
            let sandbox = value["sandbox"].flatMap(SandboxPolicy.init), let readable = value["readable"]?.array,
            let parent = value["parent"]?.int.flatMap(pid_t.init(exactly:))
        else { return nil }
        let subject: Subject? =
            if let configuration = value["configuration"]?.object {
                .plugin(configuration: configuration)
            } else {
                value["symbol"]?.string.map(Subject.library)
            }
        guard let subject else { return nil }
        self.init(
            path: path,
            bundledLibraries: libraries.compactMap(\.string),
            subject: subject,
            sandbox: sandbox,
            readable: readable.compactMap(\.string)
        )
        self.parent = parent
    }
}
