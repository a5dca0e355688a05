import GatewayTesting
import PluginPayloads
import TestSupport

/// What all parts run on: a gateway with two plugins that are left in peace, one in the gateway and one in a worker.
struct ContainmentSite {
    /// The executable `hookgate`.
    let program: String
    /// The folder of `rogue.so`, `rogue_swift.so` and `async_swift.so`.
    let rogues: String

    /// The prompt that both innocent plugins mark.
    static let innocentPrompt = "innocent"

    private static let innocents = """
          - {name: inside, kind: inside, path: inside.so, conditions: [{prompts: [innocent]}], isolation: in_process}
          - {name: outside, kind: outside, path: outside.so, conditions: [{prompts: [innocent]}], isolation: process}
        """

    /// Starts a gateway that logs what is wrong.
    ///
    /// - Parameters:
    ///   - entries: Further plugins, as lines of the list in the configuration.
    ///   - settings: Further settings of all plugins.
    ///   - prompts: Further prompts, which show their argument `result`.
    ///   - prepare: Puts more into the site.
    /// - Returns: The gateway, which has all prompts.
    /// - Throws: That it cannot be started, or does not take a prompt.
    func start(
        entries: [String] = [],
        settings: String = "",
        prompts: [String] = [],
        prepare: (GatewaySite) throws -> Void = { _ in }
    ) async throws -> GatewayProcess {
        let configuration = """
            drop_dirs: [drop]
            plugin_settings: {breaker: off, probe_timeout: 20, startup_timeout: 20\(settings.isEmpty ? "" : ", \(settings)")}
            plugins:
            \(Self.innocents)
            \(entries.map { "  - \($0)\n" }.joined())
            """
        let site = try GatewaySite(configuration)
        try site.directory.write(NamedPlugin.prompts(kind: "inside", mark: "inside"), to: "inside.so")
        try site.directory.write(NamedPlugin.prompts(kind: "outside", mark: "outside"), to: "outside.so")
        for file in ["rogue.so", "rogue_swift.so"] { try site.directory.copy("\(rogues)/\(file)", to: file) }
        try prepare(site)
        let gateway = try await GatewayProcess.serving(site, environment: ["LOG_LEVEL": "warning"], program: program)
        try await addPrompt(Self.innocentPrompt, "by {{ marks }} for {{ client }}", to: gateway)
        for prompt in prompts { try await addPrompt(prompt, "{{ result }}", to: gateway) }
        return gateway
    }

    /// Adds a prompt to a gateway.
    func addPrompt(_ name: String, _ template: String, to gateway: GatewayProcess) async throws {
        let answer = try await gateway.client("POST /prompts", ["name": .string(name), "template": .string(template)])
        guard answer.status == 200 else { throw SetupFailure("cannot make the prompt: \(answer.line)") }
    }

    /// Clients of the innocent plugins.
    func crowd(_ gateway: GatewayProcess) async throws -> Crowd {
        try await Crowd(port: gateway.port, prompt: Self.innocentPrompt) { answer, client in
            answer.status == 200 && answer.text.contains("insideoutside for \(client)\"")
        }
    }
}

extension GatewayProcess {
    /// What `GET /admin/plugins/NAME` says of a plugin's workers.
    func workers(of plugin: String) async throws -> JSONValue {
        try await client("GET /admin/plugins/\(plugin)").json["workers"] ?? .null
    }

    /// The processes of a plugin's workers, in one role or in all.
    func workerProcesses(of plugin: String, role: String? = nil) async throws -> [Int32] {
        let processes = try await workers(of: plugin)["processes"]?.array ?? []
        return processes.filter { role == nil || $0["role"]?.string == role }
            .compactMap { $0["pid"]?.int.map { Int32(clamping: $0) } }
    }
}
