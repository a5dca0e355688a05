import GatewayTesting
import PluginPayloads
import TestSupport

/// What both storms run on.
struct StormSite {
    /// The executable `hookgate`.
    let program: String
    /// What wrk is told to do.
    let script: String
    let build: VersionedBuild

    private static let configuration = """
        drop_dirs: [drop]
        plugin_settings: {load_unlisted: true, probe_timeout: 2}
        plugins: []
        """

    /// Starts a gateway with the first build in its drop directory, and the prompt.
    ///
    /// It logs what is wrong, and no requests: there are too many.
    func start() async throws -> GatewayProcess {
        let site = try GatewaySite(Self.configuration)
        try drop(0, in: site)
        let gateway = try await GatewayProcess.serving(site, environment: ["LOG_LEVEL": "warning"], program: program)
        let prompt: JSONValue = ["name": "storm", "template": "before {{ version }} for {{ name }}"]
        let answer = try await gateway.client("POST /prompts", prompt)
        guard answer.status == 200 else { throw SetupFailure("cannot make the prompt: \(answer.line)") }
        guard try await shows(0, try await RawConnection(port: gateway.port)) else {
            throw SetupFailure("the plugin does not run")
        }
        return gateway
    }

    /// Puts a build into the drop directory, in place of the one that is there.
    func drop(_ number: Int, in site: GatewaySite) throws {
        try site.directory.write(build.bytes(number), to: "drop/version_plugin.so")
    }

    /// Whether the gateway's answers are those of a build.
    func shows(_ number: Int, _ connection: RawConnection) async throws -> Bool {
        let request = ClientRequest("POST /prompts/storm", Array(#"{"name": "Ada"}"#.utf8))
        let answer = try await connection.answer(to: request)
        let version = build.version(number)
        return try answer.status == 200 && answer.rendered == "before \(version) for Ada after \(version)"
    }
}
