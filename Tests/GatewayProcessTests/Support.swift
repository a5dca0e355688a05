import GatewayTesting
import PluginPayloads
import TestSupport
import Testing

/// The configurations of the tests.
enum Configurations {
    /// Files of `drop` run without being named.
    static let drops = """
        plugin_settings: {load_unlisted: true, unlisted_isolation: $ISOLATION}
        drop_dirs: [drop]
        plugins: []
        """

    /// One listed plugin, of the file `drop/p.so`.
    static func listed(_ entry: String = "") -> String {
        "drop_dirs: [drop]\nplugins:\n  - {name: p, path: drop/p.so\(entry)}\n"
    }

    /// A plugin that does what arguments ask for, and notes it.
    static func guarded(_ control: SharedControl, labels: String...) throws -> String {
        let path = try FixturePlugin.path("prompt_guard")
        let entries = labels.map { label in
            "  - {name: \(label), path: \"\(path)\", config: {control: \"\(control.path)\", label: \(label)}, "
                + "process: {standby: 0}, sandbox: \(TestedIsolation.openSandbox)}\n"
        }
        return "plugins:\n" + entries.joined()
    }
}

extension GatewayClient {
    /// Makes a prompt that shows the marks of all plugins that saw its arguments.
    func makePrompt(_ name: String = "p", template: String = "[{{ marks }}]") async throws {
        let response = try await self("POST /prompts", ["name": .string(name), "template": .string(template)])
        guard response.status == 200 else { throw SetupFailure("cannot make a prompt: \(response.line)") }
    }

    /// What the prompt shows.
    func marks() async throws -> String {
        try await self("GET /prompts/p").rendered ?? ""
    }

    /// Name, status and reason of all plugins.
    func plugins(on site: GatewaySite) async throws -> [String] {
        (try await self("GET /plugins").json.array ?? []).map { plugin in
            let reason = plugin["reason"]?.string.map { ": " + site.shortened($0) } ?? ""
            return (plugin["name"]?.string ?? "") + ": " + (plugin["status"]?.string ?? "") + reason
        }
    }
}

extension JSONValue {
    /// The errors of a `last_reload`.
    func errors(on site: GatewaySite) -> [String] {
        (self["errors"]?.array ?? []).map { site.shortened($0.string ?? "") }
    }
}

extension GatewayProcess {
    /// The messages and reasons of warnings and errors, but for that of a gateway without authentication.
    var complaints: [String] {
        let lines = log.entries.filter { entry in
            ["warning", "error"].contains(entry["level"]?.string) && !ProcessLog.saysNoAuthentication(entry)
        }
        return lines.map { entry in
            let parts = [entry["message"]?.string, entry["plugin"]?.string, entry["reason"]?.string]
            return site.shortened(parts.compactMap(\.self).joined(separator: " | "))
        }
    }
}
