package import PluginPayloads

/// What a worker is to run, which it reads before anything else.
package struct WorkerLaunch: Sendable, Equatable {
    /// The descriptors that a worker begins with.
    package enum Descriptor {
        /// The launch itself, as JSON.
        package static let launch: Int32 = 0
        package static let control: Int32 = 3
        package static let requests: Int32 = 4
        package static let replies: Int32 = 5
        /// Makes the gateway's supervisor look at results and questions.
        package static let event: Int32 = 6
        /// Makes the gateway's threads that run calls look at results.
        package static let results: Int32 = 7
    }

    /// What a worker ends with that sees that its descriptors to the gateway are closed: nobody hears it any more.
    package static let unheardStatus: Int32 = 69

    package enum Subject: Sendable, Equatable {
        /// A plugin, and its configuration.
        case plugin(configuration: JSONObject)
        /// A function of a library, its type, and the hook that it serves.
        case function(symbol: String, signature: String, hook: String)
    }

    /// What the worker gets of processors that others want, too.
    package enum Priority: String, Sendable {
        /// As much as others.
        case normal
        /// A third.
        case low
        /// What is left.
        case idle
    }

    /// The plugin's name, for the process list.
    package var name: String
    /// The file, which nobody changes any more.
    package var path: String
    /// Bundled libraries to open before it, dependencies first.
    package var bundledLibraries: [String]
    /// What the process may read besides the files themselves.
    package var readable: [String]
    package var subject: Subject
    package var maxBlockBytes: Int
    /// Threads that run calls, as long as none is stuck.
    package var threads: Int
    package var priority: Priority
    /// Whether hooks that say so run without a thread to give up.
    package var allowsInline: Bool
    /// Whether the plugin gets one call at a time, whatever it says.
    package var isSerial: Bool
    /// How long the plugin may take to start, in nanoseconds.
    package var startupTimeout: UInt64
    /// The gateway, which the worker does not outlive.
    package var parent: Int32
    /// The sandbox, in the form of its own.
    package var sandbox: JSONObject

    package init(
        name: String,
        path: String,
        bundledLibraries: [String],
        readable: [String],
        subject: Subject,
        maxBlockBytes: Int,
        threads: Int,
        priority: Priority,
        allowsInline: Bool,
        isSerial: Bool,
        startupTimeout: UInt64,
        parent: Int32,
        sandbox: JSONObject
    ) {
        self.name = name
        self.path = path
        self.bundledLibraries = bundledLibraries
        self.readable = readable
        self.subject = subject
        self.maxBlockBytes = maxBlockBytes
        self.threads = threads
        self.priority = priority
        self.allowsInline = allowsInline
        self.isSerial = isSerial
        self.startupTimeout = startupTimeout
        self.parent = parent
        self.sandbox = sandbox
    }

    package var object: JSONObject {
        var object: JSONObject = [
            "name": .string(name), "path": .string(path),
            "bundled_libraries": .array(bundledLibraries.map(JSONValue.string)),
            "readable": .array(readable.map(JSONValue.string)),
            "max_block_bytes": .int(Int64(maxBlockBytes)), "threads": .int(Int64(threads)),
            "priority": .string(priority.rawValue),
            "inline": .bool(allowsInline), "serial": .bool(isSerial),
            "startup_timeout": .int(Int64(clamping: startupTimeout)),
            "parent": .int(Int64(parent)), "sandbox": .object(sandbox),
        ]
        switch subject {
        case .plugin(let configuration): object["configuration"] = .object(configuration)
        case .function(let symbol, let signature, let hook):
            object["function"] = ["symbol": .string(symbol), "signature": .string(signature), "hook": .string(hook)]
        }
        return object
    }

    package init?(_ value: JSONValue) {
        guard let name = value["name"]?.string, let path = value["path"]?.string,
            let libraries = value["bundled_libraries"]?.array, let readable = value["readable"]?.array,
            let maxBlockBytes = value["max_block_bytes"]?.int,
            let threads = value["threads"]?.int,
            let priority = value["priority"]?.string.flatMap(Priority.init(rawValue:)),
            let allowsInline = value["inline"]?.bool, let isSerial = value["serial"]?.bool,
            let startupTimeout = value["startup_timeout"]?.int, let parent = value["parent"]?.int,
            let sandbox = value["sandbox"]?.object, let subject = Self.subject(value)
        else { return nil }
        self.init(
            name: name,
            path: path,
            bundledLibraries: libraries.compactMap(\.string),
            readable: readable.compactMap(\.string),
            subject: subject,
            maxBlockBytes: maxBlockBytes,
            threads: threads,
            priority: priority,
            allowsInline: allowsInline,
            isSerial: isSerial,
            startupTimeout: UInt64(clamping: startupTimeout),
            parent: Int32(clamping: parent),
            sandbox: sandbox
        )
    }

    private static func subject(_ value: JSONValue) -> Subject? {
        if let configuration = value["configuration"]?.object { return .plugin(configuration: configuration) }
        guard let function = value["function"], let symbol = function["symbol"]?.string,
            let signature = function["signature"]?.string, let hook = function["hook"]?.string
        else { return nil }
        return .function(symbol: symbol, signature: signature, hook: hook)
    }
}
