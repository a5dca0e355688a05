package import PluginPayloads

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

    package init(path: String, bundledLibraries: [String], subject: Subject) {
        self.path = path
        self.bundledLibraries = bundledLibraries
        self.subject = subject
    }

    var object: JSONObject {
        var object: JSONObject = [
            "path": .string(path), "bundled_libraries": .array(bundledLibraries.map(JSONValue.string)),
        ]
        switch subject {
        case .plugin(let configuration): object["configuration"] = .object(configuration)
        case .library(let symbol): object["symbol"] = .string(symbol)
        }
        return object
    }

    init?(_ value: JSONValue) {
        guard let path = value["path"]?.string, let libraries = value["bundled_libraries"]?.array else { return nil }
        let subject: Subject? =
            if let configuration = value["configuration"]?.object {
                .plugin(configuration: configuration)
            } else {
                value["symbol"]?.string.map(Subject.library)
            }
        guard let subject else { return nil }
        self.init(path: path, bundledLibraries: libraries.compactMap(\.string), subject: subject)
    }
}
