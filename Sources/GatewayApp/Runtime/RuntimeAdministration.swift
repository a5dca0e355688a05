package import GatewayCore
package import PluginPayloads
package import PluginRuntime

/// The administration of a runtime's plugins; modes that are set are written to a file, for the next start.
package struct RuntimeAdministration: PluginAdministration {
    private let runtime: PluginRuntime
    private let file: ModeFile

    package init(_ runtime: PluginRuntime, _ file: ModeFile) {
        self.runtime = runtime
        self.file = file
    }

    package var plugins: [JSONObject] { runtime.plugins.map(\.summary) }

    package var statistics: JSONObject {
        let plugins = runtime.plugins
        func count(_ state: PluginStatus.State) -> JSONValue { .int(Int64(plugins.count { $0.state == state })) }
        return [
            "total_plugins": .int(Int64(plugins.count)), "enabled_plugins": count(.active),
            "disabled_plugins": count(.disabled), "failed_plugins": count(.failed),
            "quarantined_plugins": count(.quarantined),
            "plugins_by_hook": .object(Self.counted(plugins.filter { $0.state == .active }.flatMap(\.hooks))),
            "plugins_by_mode": .object(Self.counted(plugins.map(\.mode))),
            "watchdog": .object(watchdog(of: plugins)),
            "plugins": .object(JSONObject(plugins.map { ($0.name, .object($0.statistics)) })),
        ]
    }

    /// Threads that were given up, and who is not called because of them.
    private func watchdog(of plugins: [PluginStatus]) -> JSONObject {
        let (lost, limit) = (runtime.lostThreads, runtime.maxLostThreads)
        return [
            "lost_threads": .int(Int64(lost)), "max_lost_threads": .int(Int64(limit)),
            "limit_reached": .bool(lost >= limit),
            "plugins_at_limit": .array(plugins.filter(\.isAtThreadLimit).map { .string($0.name) }),
        ]
    }

    /// How often each text is there, in alphabetical order.
    private static func counted(_ texts: [String]) -> JSONObject {
        let counts = Dictionary(grouping: texts) { $0 }.mapValues(\.count)
        return JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) })
    }

    package func plugin(named name: String) -> JSONObject? {
        runtime.plugins.first { $0.name == name }?.detail
    }

    package func setMode(_ mode: String?, of name: String) async throws(GatewayError) -> JSONObject {
        guard runtime.plugins.contains(where: { $0.name == name }) else {
            let names = runtime.plugins.map(\.name).joined(separator: ", ")
            throw .notFound("plugin not found: \(name); there are \(names)")
        }
        if let mode, !PluginRuntime.modes.contains(mode) {
            throw .unprocessable(
                "mode: there is no mode \"\(mode)\"; there are \(PluginRuntime.modes.joined(separator: ", "))"
            )
        }
        do {
            try await runtime.setMode(mode, of: name)
        } catch {
            let problems = error.problems.filter(\.isError).map { JSONValue.string($0.message) }
            throw GatewayError(
                status: 409,
                "the mode of plugin \(name) is not changed: the plugins could not be loaded with it",
                details: .array(problems)
            )
        }
        do { try file.save(runtime.modes) } catch {
            throw GatewayError(
                status: 500,
                "the mode of plugin \(name) is changed until the next start, but could not be saved; see the log",
                reason: "\(file.path): \(error)"
            )
        }
        let effective = runtime.plugins.first { $0.name == name }?.mode
        return [
            "plugin": .string(name), "mode": effective.map(JSONValue.string) ?? .null, "overridden": .bool(mode != nil),
        ]
    }
}

extension PluginStatus {
    /// What a list shows.
    fileprivate var summary: JSONObject {
        var object = object
        object["mode_overridden"] = .bool(isModeOverridden)
        object["required"] = .bool(isRequired)
        object["config_keys"] = .array(configurationKeys.map(JSONValue.string))
        object["counters"] = .object(counters.object)
        return object
    }

    /// Everything that may be shown.
    fileprivate var detail: JSONObject {
        var object = summary
        object["conditions"] = .array(conditions.map(JSONValue.object))
        for (key, text) in [("toolchain", toolchain), ("pin_reason", pinReason), ("health", healthProblem)] {
            object[key] = text.map(JSONValue.string) ?? .null
        }
        object["workers"] = workers.map(JSONValue.object) ?? .null
        object["hook_counters"] = .object(hookObjects)
        object["breaker"] = breaker.map { .object($0.object) } ?? .null
        object["watchdog"] = maxLostThreads.map(watchdog) ?? .null
        return object
    }

    private func watchdog(_ limit: Int) -> JSONValue {
        [
            "lost_threads": .int(Int64(counters.lostThreads)), "max_lost_threads": .int(Int64(limit)),
            "limit_reached": .bool(isAtThreadLimit),
        ]
    }

    /// Whether it is not called because too many of its calls have not returned.
    fileprivate var isAtThreadLimit: Bool { maxLostThreads.map { counters.lostThreads >= $0 } ?? false }

    fileprivate var statistics: JSONObject {
        [
            "counters": .object(counters.object), "breaker": breaker.map { .object($0.object) } ?? .null,
            "hooks": .object(hookObjects),
        ]
    }

    private var hookObjects: JSONObject {
        JSONObject(hookCounters.map { ($0.hook, .object($0.object)) })
    }
}

extension PluginStatus.Counters {
    fileprivate var object: JSONObject {
        let counts = [
            ("calls", calls), ("blocks", blocks), ("modified", modifications), ("errors", errors),
            ("timeouts", timeouts), ("late", late), ("overruns", overruns), ("lost_threads", lostThreads),
            ("dropped", dropped),
        ]
        var object = JSONObject(counts.map { ($0.0, .int(Int64($0.1))) })
        object["custom"] = .object(JSONObject(custom.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) }))
        return object
    }
}
