package import PluginLoader
package import PluginPayloads

/// What a worker says on its control socket.
package enum WorkerMessage: Sendable, Equatable {
    /// The plugin is loaded and started, and calls may come.
    case ready(WorkerRegistration)
    /// The plugin cannot be used.
    case refused(String, problems: [ConfigurationProblem])
    /// A line for the log; the level is that of the plugin interface.
    case log(level: Int32, String)
    /// The sandbox has refused something, which is noted in the second region.
    case violation
    /// What the plugin says of its health: why it cannot work.
    case health(problem: String?)
    /// The plugin has stopped; the worker ends.
    case stopped(problem: String?)
}

/// What a plugin in a worker has registered.
package struct WorkerRegistration: Sendable, Equatable {
    /// One of its hooks.
    package struct Hook: Sendable, Equatable {
        package let name: String
        package let mayDeny: Bool
        package let mayModify: Bool

        package init(name: String, mayDeny: Bool, mayModify: Bool) {
            self.name = name
            self.mayDeny = mayDeny
            self.mayModify = mayModify
        }
    }

    package let name: String
    package let version: String
    package let isSerial: Bool
    package let hooks: [Hook]
    /// What of the sandbox is in force, and what is not.
    package let sandbox: JSONObject

    package init(name: String, version: String, isSerial: Bool, hooks: [Hook], sandbox: JSONObject) {
        self.name = name
        self.version = version
        self.isSerial = isSerial
        self.hooks = hooks
        self.sandbox = sandbox
    }
}

extension WorkerMessage {
    /// The message as JSON, one datagram.
    package var object: JSONObject {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return switch self {
        case .ready(let registration): ["ready": .object(registration.object)]
        case .refused(let reason, let problems):
            ["refused": .string(reason), "problems": .array(problems.map { .object($0.object) })]
        case .log(let level, let line): ["log": .string(line), "level": .int(Int64(level))]
        case .violation: ["violation": true]
        case .health(let problem): ["health": ["problem": text(problem)]]
        case .stopped(let problem): ["stopped": ["problem": text(problem)]]
        }
    }

    /// Reads a message that anybody may have written; `nil` if it is none.
    package init?(_ value: JSONValue) {
        func text(_ value: JSONValue?) -> String? { value?.string.map { $0.cut(to: ControlSocket.maxText) } }
        if let line = text(value["log"]), let level = value["level"]?.int {
            self = .log(level: Int32(clamping: level), line)
        } else if let ready = value["ready"], let registration = WorkerRegistration(ready) {
            self = .ready(registration)
        } else if let reason = text(value["refused"]), let problems = value["problems"]?.array {
            self = .refused(reason, problems: problems.compactMap(ConfigurationProblem.init))
        } else if value["violation"] != nil {
            self = .violation
        } else if let health = value["health"] {
            self = .health(problem: text(health["problem"]))
        } else if let stopped = value["stopped"] {
            self = .stopped(problem: text(stopped["problem"]))
        } else {
            return nil
        }
    }
}

extension WorkerRegistration {
    fileprivate var object: JSONObject {
        [
            "name": .string(name), "version": .string(version), "serial": .bool(isSerial),
            "hooks": .array(
                hooks.map {
                    ["name": .string($0.name), "may_deny": .bool($0.mayDeny), "may_modify": .bool($0.mayModify)]
                }
            ),
            "sandbox": .object(sandbox),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let name = value["name"]?.string, let version = value["version"]?.string,
            let isSerial = value["serial"]?.bool, let hooks = value["hooks"]?.array, hooks.count <= 1024,
            let sandbox = value["sandbox"]?.object
        else { return nil }
        let read = hooks.compactMap { hook -> Hook? in
            guard let name = hook["name"]?.string, let mayDeny = hook["may_deny"]?.bool,
                let mayModify = hook["may_modify"]?.bool
            else { return nil }
            return Hook(name: name, mayDeny: mayDeny, mayModify: mayModify)
        }
        guard read.count == hooks.count else { return nil }
        self.init(name: name, version: version, isSerial: isSerial, hooks: read, sandbox: sandbox)
    }
}

/// What the gateway says to a worker on its control socket.
package enum GatewayMessage: Sendable, Equatable {
    /// Ask the plugin whether it can work, which may take so many nanoseconds.
    case health(within: UInt64)
    /// Stop the plugin, which may take so many nanoseconds, and end.
    case stop(within: UInt64)
    /// See whether the gateway can still hear you, and end if not.
    case listen

    /// The message as JSON, one datagram.
    package var object: JSONObject {
        switch self {
        case .health(let nanoseconds): ["health": .int(Int64(clamping: nanoseconds))]
        case .stop(let nanoseconds): ["stop": .int(Int64(clamping: nanoseconds))]
        case .listen: ["listen": true]
        }
    }

    package init?(_ value: JSONValue) {
        if let nanoseconds = value["health"]?.int {
            self = .health(within: UInt64(clamping: nanoseconds))
        } else if let nanoseconds = value["stop"]?.int {
            self = .stop(within: UInt64(clamping: nanoseconds))
        } else if value["listen"]?.bool == true {
            self = .listen
        } else {
            return nil
        }
    }
}
